// @ts-check
import { Pool } from '@simple-ipc/rpc'
import { childCommand } from '../child-command.mjs'
import { burner } from './contract.mjs'
import { measureBurning } from './measure-burning.mjs'

const pool = new Pool(burner, childCommand('pool/child.mjs'), { size: 4 })
await measureBurning(params => pool.call('burn', params))
await pool.stop()
