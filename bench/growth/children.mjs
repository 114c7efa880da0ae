// @ts-check
// So many children at once, each of which has its share of the calls, 16 in flight.
import { Client } from '@simple-ipc/rpc'
import { bench } from '../calls/contract.mjs'
import { childCommand } from '../child-command.mjs'

const [total = 0, children = 1] = process.argv.slice(2).map(Number)
const clients = Array.from(
  { length: children },
  () => new Client(bench, childCommand('calls/children/rpc.mjs')),
)
let count = 0
const share = total / children
async function make(/** @type {(typeof clients)[number]} */ client, /** @type {number} */ calls) {
  let next = 0
  const lane = async () => {
    while (next < calls) {
      const value = next++
      if ((await client.call('increment', { value })) === value + 1) count++
    }
  }
  await Promise.all(Array.from({ length: 16 }, lane))
}
await Promise.all(clients.map(client => make(client, share / 5)))
count = 0
const start = performance.now()
await Promise.all(clients.map(client => make(client, share)))
console.log(JSON.stringify({ seconds: (performance.now() - start) / 1000, count }))
await Promise.all(clients.map(client => client.stop()))
