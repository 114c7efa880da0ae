// @ts-check
// execa's iteration over lines, as its documentation shows it.
import { execa } from 'execa'

const start = performance.now()
let count = 0
for await (const line of execa({ buffer: false })`cat ${process.argv[2] ?? ''}`)
  if (line.length === 59) count += 1
console.log(JSON.stringify({ seconds: (performance.now() - start) / 1000, count }))
