// @ts-check
// The limit: the same JSON, read by hand, with no credit and nobody waiting for single items.
import { startChild } from '../child-command.mjs'
import { measureStream } from './measure-stream.mjs'

const child = startChild('stream/children/bare.mjs')
let rest = ''
let sum = 0
/** @type {(sum: number) => void} */
let done = () => undefined
child.stdout.setEncoding('utf8')
child.stdout.on('data', (/** @type {string} */ chunk) => {
  const lines = (rest + chunk).split('\n')
  rest = lines.pop() ?? ''
  for (const line of lines) {
    const message = /** @type {{ params?: { value: { n: number } } }} */ (JSON.parse(line))
    if (message.params === undefined) done(sum)
    else sum += message.params.value.n
  }
})
await measureStream(to => {
  sum = 0
  child.stdin.write(`{"jsonrpc":"2.0","id":1,"method":"count","params":{"to":${to}}}\n`)
  return new Promise(resolve => (done = resolve))
})
child.stdin.end()
