// @ts-check
// Node's own channel, with the serialization that knows bytes.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { thereAndBack } from './there-and-back.mjs'

const child = fork(path.join(import.meta.dirname, 'children', 'fork.mjs'), { serialization: 'advanced' })
await thereAndBack(
  async bytes => {
    child.send({ id: 1, params: [bytes] })
    const [message] = /** @type {[{ result: Uint8Array }]} */ (await once(child, 'message'))
    return message.result
  },
  () => child.pid,
)
child.disconnect()
