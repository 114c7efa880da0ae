// @ts-check
import { Client } from '@simple-ipc/rpc'
import { childCommand } from '../child-command.mjs'
import { contract } from './contract.mjs'
import { thereAndBack } from './there-and-back.mjs'

const client = new Client(contract, childCommand('bytes/children/rpc.mjs'))
await thereAndBack(
  bytes => client.call('echo', [bytes]),
  () => client.pid,
)
await client.stop()
