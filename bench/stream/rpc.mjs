// @ts-check
import { Client } from '@simple-ipc/rpc'
import { childCommand } from '../child-command.mjs'
import { contract } from './contract.mjs'
import { measureStream } from './measure-stream.mjs'

const client = new Client(contract, childCommand('stream/children/rpc.mjs'))
await measureStream(async to => {
  let sum = 0
  const run = client.stream('count', { to })
  for await (const { n } of run) sum += n
  await run.result
  return sum
})
await client.stop()
