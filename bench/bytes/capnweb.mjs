// @ts-check
import { startChild } from '../child-command.mjs'
import { capnweb } from '../capnweb-over-stdio.mjs'
import { thereAndBack } from './there-and-back.mjs'

const child = startChild('bytes/children/capnweb.mjs')
const api = /** @type {{ echo(bytes: Uint8Array): Promise<Uint8Array> }} */ (
  /** @type {unknown} */ (capnweb(child.stdout, child.stdin).getRemoteMain())
)
await thereAndBack(
  async bytes => await api.echo(bytes),
  () => child.pid,
)
process.exit()
