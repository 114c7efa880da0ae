// @ts-check
// birpc over Node's own channel.
import { fork } from 'node:child_process'
import path from 'node:path'
import { createBirpc } from 'birpc'
import { measureCalls } from './in-flight.mjs'

const child = fork(path.join(import.meta.dirname, 'children', 'birpc.mjs'))
/** @type {import('birpc').BirpcReturn<{ increment(value: number): number }>} */
const rpc = createBirpc({}, { post: data => child.send(data), on: listener => child.on('message', listener) })
await measureCalls(value => rpc.increment(value))
rpc.$close()
child.disconnect()
