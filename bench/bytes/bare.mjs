// @ts-check
// The limit: so many bytes are written, and as many read; their number goes before them on a line, for children that need it.
import { startChild } from '../child-command.mjs'
import { thereAndBack } from './there-and-back.mjs'

const sendsSize = process.env['BENCH_SIZE'] === 'sent'
const child = startChild('bytes/children/bare.mjs')
let taken = Buffer.alloc(0)
let filled = 0
/** @type {(bytes: Uint8Array) => void} */
let done = () => undefined
child.stdout.on('data', (/** @type {Buffer} */ chunk) => {
  filled += chunk.copy(taken, filled)
  if (filled === taken.length) done(taken)
})
await thereAndBack(
  bytes => {
    taken = Buffer.allocUnsafe(bytes.length)
    filled = 0
    if (sendsSize) child.stdin.write(`${bytes.length}\n`)
    child.stdin.write(bytes)
    return new Promise(resolve => (done = resolve))
  },
  () => child.pid,
)
child.stdin.end()
