// @ts-check
// Node's own channel. BENCH_SERIALIZATION is json (Node's default) or advanced.
import { fork } from 'node:child_process'
import path from 'node:path'
import { measureCalls } from './in-flight.mjs'

const serialization = process.env['BENCH_SERIALIZATION'] === 'advanced' ? 'advanced' : 'json'
const child = fork(path.join(import.meta.dirname, 'children', 'fork.mjs'), { serialization })
/** @type {Map<number, (value: unknown) => void>} */
const pending = new Map()
child.on('message', message => {
  const { id, result } = /** @type {{ id: number, result: unknown }} */ (message)
  const resolve = pending.get(id)
  pending.delete(id)
  resolve?.(result)
})
let id = 0
await measureCalls(value => {
  id += 1
  child.send({ id, method: 'increment', params: { value } })
  return new Promise(resolve => pending.set(id, resolve))
})
child.disconnect()
