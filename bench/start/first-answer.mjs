// @ts-check
import { Client } from '@simple-ipc/rpc'
import { bench } from '../calls/contract.mjs'
import { childCommand } from '../child-command.mjs'

const client = new Client(bench, childCommand('calls/children/rpc.mjs'))
const count = await client.call('increment', { value: 0 })
console.log(JSON.stringify({ seconds: performance.now() / 1000, count }))
await client.stop()
