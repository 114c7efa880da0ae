// @ts-check
import { Client } from '@simple-ipc/rpc'
import { childCommand } from '../child-command.mjs'
import { echo } from './contract.mjs'
import { thereAndBack } from './there-and-back.mjs'

const client = new Client(echo, childCommand('large/children/rpc.mjs'))
await thereAndBack(text => client.call('echo', [text]))
await client.stop()
