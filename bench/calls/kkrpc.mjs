// @ts-check
import { NodeIo, RPCChannel } from 'kkrpc'
import { startChild } from '../child-command.mjs'
import { measureCalls } from './in-flight.mjs'

const child = startChild('calls/children/kkrpc.mjs')
/** @type {RPCChannel<object, { increment(value: number): Promise<number> }>} */
const channel = new RPCChannel(new NodeIo(child.stdout, child.stdin), {})
const api = channel.getAPI()
await measureCalls(value => api.increment(value))
// It reads without end.
process.exit()
