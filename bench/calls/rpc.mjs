// @ts-check
// Ours, with validation on at both ends, which is the default.
import path from 'node:path'
import { Client } from '@simple-ipc/rpc'
import { bench } from './contract.mjs'
import { measureCalls } from './in-flight.mjs'

const client = new Client(bench, [process.execPath, path.join(import.meta.dirname, 'children', 'rpc.mjs')])
await measureCalls(value => client.call('increment', { value }))
await client.stop()
