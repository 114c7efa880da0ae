// @ts-check
import { spawn } from 'node:child_process'
import path from 'node:path'
import { capnweb } from '../capnweb-over-stdio.mjs'
import { measureCalls } from './in-flight.mjs'

const child = spawn(process.execPath, [path.join(import.meta.dirname, 'children', 'capnweb.mjs')], {
  stdio: ['pipe', 'pipe', 'inherit'],
})
const api = /** @type {{ increment(value: number): Promise<number> }} */ (
  /** @type {unknown} */ (capnweb(child.stdout, child.stdin).getRemoteMain())
)
await measureCalls(async value => await api.increment(value))
process.exit()
