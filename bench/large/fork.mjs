// @ts-check
// Node's own channel, with its default serialization.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { thereAndBack } from './there-and-back.mjs'

const child = fork(path.join(import.meta.dirname, 'children', 'fork.mjs'))
await thereAndBack(async text => {
  child.send({ id: 1, params: [text] })
  const [message] = /** @type {[{ result: string }]} */ (await once(child, 'message'))
  return message.result
})
child.disconnect()
