// Reads a number from each line and answers with the next; ends at 42. By hand: echo 41 | node answer.mjs
import { createInterface } from 'node:readline'

for await (const line of createInterface({ input: process.stdin })) {
  const number = Number.parseInt(line, 10)
  if (Number.isNaN(number)) {
    console.log(`not a number: ${line}`)
  } else if (number === 42) {
    console.log('42, that is the answer')
    process.exit(0)
  } else {
    console.log(number + 1)
  }
}
