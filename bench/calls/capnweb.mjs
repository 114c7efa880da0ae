// @ts-check
import { startChild } from '../child-command.mjs'
import { capnweb } from '../capnweb-over-stdio.mjs'
import { measureCalls } from './in-flight.mjs'

const child = startChild('calls/children/capnweb.mjs')
const api = /** @type {{ increment(value: number): Promise<number> }} */ (
  /** @type {unknown} */ (capnweb(child.stdout, child.stdin).getRemoteMain())
)
await measureCalls(async value => await api.increment(value))
process.exit()
