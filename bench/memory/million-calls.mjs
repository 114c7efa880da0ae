// @ts-check
// What is left on the heap of the host after so many calls, in kilobytes, beyond what was there after a tenth of them.
import { Client } from '@simple-ipc/rpc'
import { bench } from '../calls/contract.mjs'
import { childCommand } from '../child-command.mjs'
import { heapInUse } from './heap.mjs'

const total = Number(process.argv[2])
const client = new Client(bench, childCommand('calls/children/rpc.mjs'))
let count = 0
async function make(/** @type {number} */ calls) {
  let next = 0
  const lane = async () => {
    while (next < calls) {
      const value = next++
      if ((await client.call('increment', { value })) === value + 1) count++
    }
  }
  await Promise.all(Array.from({ length: 64 }, lane))
}
await make(total / 10)
const before = heapInUse()
const start = performance.now()
await make(total - total / 10)
const seconds = (performance.now() - start) / 1000
const grownKB = (heapInUse() - before) / 1000
console.log(JSON.stringify({ seconds, count, grownKB }))
await client.stop()
