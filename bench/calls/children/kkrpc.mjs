// @ts-check
import { NodeIo, RPCChannel } from 'kkrpc'

new RPCChannel(new NodeIo(process.stdin, process.stdout), {
  expose: { increment: (/** @type {number} */ value) => Promise.resolve(value + 1) },
})
