// @ts-check
// The limit: a hand-written loop that does nothing but match answers with calls; one write for each tick.
import { startChild } from '../child-command.mjs'
import { measureCalls } from './in-flight.mjs'

const child = startChild('calls/children/bare.mjs')
/** @type {Map<number, (value: unknown) => void>} */
const pending = new Map()
let rest = ''
child.stdout.setEncoding('utf8')
child.stdout.on('data', (/** @type {string} */ chunk) => {
  const lines = (rest + chunk).split('\n')
  rest = lines.pop() ?? ''
  for (const line of lines) {
    const { id, result } = /** @type {{ id: number, result: unknown }} */ (JSON.parse(line))
    const resolve = pending.get(id)
    pending.delete(id)
    resolve?.(result)
  }
})

let id = 0
let output = ''
function flush() {
  child.stdin.write(output)
  output = ''
}
await measureCalls(value => {
  id += 1
  if (output === '') process.nextTick(flush)
  output += `{"jsonrpc":"2.0","id":${id},"method":"increment","params":${JSON.stringify({ value })}}\n`
  return new Promise(resolve => pending.set(id, resolve))
})
child.stdin.end()
