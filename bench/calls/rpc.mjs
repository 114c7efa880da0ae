// @ts-check
// Ours, with validation on at both ends, which is the default; BENCH_VALIDATE=off turns it off at both.
import { Client } from '@simple-ipc/rpc'
import { childCommand } from '../child-command.mjs'
import { bench } from './contract.mjs'
import { measureCalls } from './in-flight.mjs'

const client = new Client(bench, childCommand('calls/children/rpc.mjs'), {
  validate: process.env['BENCH_VALIDATE'] !== 'off',
})
await measureCalls(value => client.call('increment', { value }))
await client.stop()
