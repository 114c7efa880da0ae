// @ts-check
// So many streams at once through one child, each of which has its share of the items.
import { Client } from '@simple-ipc/rpc'
import { childCommand } from '../child-command.mjs'
import { contract } from '../stream/contract.mjs'

const [total = 0, streams = 1] = process.argv.slice(2).map(Number)
const client = new Client(contract, childCommand('stream/children/rpc.mjs'))
async function read(/** @type {number} */ to) {
  let count = 0
  for await (const { n } of client.stream('count', { to })) if (n === count) count++
  return count
}
const readAll = (/** @type {number} */ items) =>
  Promise.all(Array.from({ length: streams }, () => read(items / streams)))
await readAll(total / 10)
const start = performance.now()
const counts = await readAll(total)
const seconds = (performance.now() - start) / 1000
console.log(JSON.stringify({ seconds, count: counts.reduce((sum, count) => sum + count) }))
await client.stop()
