// @ts-check
import { Client } from '@simple-ipc/rpc'
import { childCommand } from '../child-command.mjs'
import { burner } from './contract.mjs'
import { measureBurning } from './measure-burning.mjs'

const client = new Client(burner, childCommand('pool/child.mjs'))
await measureBurning(params => client.call('burn', params))
await client.stop()
