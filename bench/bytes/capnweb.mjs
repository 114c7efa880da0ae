// @ts-check
import { spawn } from 'node:child_process'
import path from 'node:path'
import { capnweb } from '../capnweb-over-stdio.mjs'
import { thereAndBack } from './there-and-back.mjs'

const child = spawn(process.execPath, [path.join(import.meta.dirname, 'children', 'capnweb.mjs')], {
  stdio: ['pipe', 'pipe', 'inherit'],
})
const api = /** @type {{ echo(bytes: Uint8Array): Promise<Uint8Array> }} */ (
  /** @type {unknown} */ (capnweb(child.stdout, child.stdin).getRemoteMain())
)
await thereAndBack(
  async bytes => await api.echo(bytes),
  () => child.pid,
)
process.exit()
