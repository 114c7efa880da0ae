// @ts-check
// Does what load.c does, where there is no C compiler: `load.mjs PROGRAM [ARGUMENT …] TOTAL IN-FLIGHT`.
import { spawn } from 'node:child_process'
import { measureCalls } from '../calls/in-flight.mjs'

const [program = '', ...args] = process.argv.slice(2, -2)
process.argv.splice(2, process.argv.length - 4)
const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] })
/** @type {Map<number, (value: number) => void>} */
const pending = new Map()
let rest = ''
child.stdout.setEncoding('utf8')
child.stdout.on('data', (/** @type {string} */ chunk) => {
  const lines = (rest + chunk).split('\n')
  rest = lines.pop() ?? ''
  for (const line of lines) {
    const { id, result } = /** @type {{ id: number, result: number }} */ (JSON.parse(line))
    const resolve = pending.get(id)
    pending.delete(id)
    resolve?.(result)
  }
})
let id = 0
let output = ''
const flush = () => {
  child.stdin.write(output)
  output = ''
}
await measureCalls(a => {
  id += 1
  if (output === '') process.nextTick(flush)
  output += `{"jsonrpc":"2.0","id":${id},"method":"add","params":{"a":${a},"b":1}}\n`
  return new Promise(resolve => pending.set(id, resolve))
})
child.stdin.end()
