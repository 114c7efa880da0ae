// @ts-check
// What an idle client with a living child costs on the heap of the host, in kilobytes.
import { Client } from '@simple-ipc/rpc'
import { bench } from '../calls/contract.mjs'
import { childCommand } from '../child-command.mjs'
import { heapInUse } from './heap.mjs'

const total = Number(process.argv[2])
const start = performance.now()
const open = async () => {
  const client = new Client(bench, childCommand('calls/children/rpc.mjs'))
  await client.call('increment', { value: 1 })
  return client
}
// The first one compiles what all of them share.
const clients = [await open()]
const before = heapInUse()
while (clients.length <= total) clients.push(await open())
const eachKB = (heapInUse() - before) / total / 1000
console.log(
  JSON.stringify({ seconds: (performance.now() - start) / 1000, count: clients.length - 1, eachKB }),
)
await Promise.all(clients.map(client => client.stop()))
