// @ts-check
import { spawn } from 'node:child_process'
import path from 'node:path'
import { NodeIo, RPCChannel } from 'kkrpc'
import { measureCalls } from './in-flight.mjs'

const child = spawn(process.execPath, [path.join(import.meta.dirname, 'children', 'kkrpc.mjs')], {
  stdio: ['pipe', 'pipe', 'inherit'],
})
/** @type {RPCChannel<object, { increment(value: number): Promise<number> }>} */
const channel = new RPCChannel(new NodeIo(child.stdout, child.stdin), {})
const api = channel.getAPI()
await measureCalls(value => api.increment(value))
// It reads without end.
process.exit()
