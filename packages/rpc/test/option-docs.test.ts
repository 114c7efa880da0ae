// Options are said once: in the comments of their interface. `vitest -u` writes the README's tables anew.
import path from 'node:path'
import { expect, test } from 'vitest'
import { faultsOf, withTables, type DocumentedTable } from '../../worker/test/option-docs.js'
import { callOptionTable } from '../src/caller/call-options.js'
import { clientOptionTable, stopOptionTable } from '../src/client/client-options.js'
import { heartbeatTable } from '../src/client/heartbeat.js'
import { connectOptionTable } from '../src/connect/connect.js'
import { pairOptionTable } from '../src/connect/create-pair.js'
import { peerOptionTable } from '../src/peer/peer-options.js'
import { ownPoolOptionTable, poolOptionTable } from '../src/pool/pool-options.js'
import { serveOptionTable } from '../src/serve/serve.js'

const root = path.resolve(import.meta.dirname, '..')
const own = (file: string, name: string) => [path.join(root, 'src', file), name] as const
const below = (file: string, name: string) => [path.join(root, '../worker/src', file), name] as const

const program = below('process/program-options.ts', 'ProgramOptions')
const grace = below('process/program-options.ts', 'StopGrace')
const worker = below('worker/worker-options.ts', 'WorkerOptions')
const peer = own('peer/peer-options.ts', 'PeerOptions')
// What says more than the worker's comment comes last.
const client = [program, worker, peer, own('client/client-options.ts', 'ClientOptions')]

const tables: Record<string, DocumentedTable> = {
  call: { table: callOptionTable, interfaces: [own('contract/contract-types.ts', 'CallOptions')] },
  client: { table: clientOptionTable, interfaces: client },
  stop: { table: stopOptionTable, interfaces: [grace, own('client/client-options.ts', 'StopOptions')] },
  heartbeat: { table: heartbeatTable, interfaces: [own('client/heartbeat.ts', 'HeartbeatOptions')] },
  peer: { table: peerOptionTable, interfaces: [peer] },
  pool: { table: ownPoolOptionTable, interfaces: [own('pool/pool-options.ts', 'OwnOptions')] },
  'pool and its children': {
    table: poolOptionTable,
    interfaces: [...client, own('pool/pool-options.ts', 'OwnOptions')],
  },
  serve: { table: serveOptionTable, interfaces: [peer, own('serve/serve.ts', 'ServeOptions')] },
  connect: {
    table: connectOptionTable,
    interfaces: [
      peer,
      own('connect/connect.ts', 'ConnectBasics'),
      own('connect/connect.ts', 'ConnectOptions'),
    ],
  },
  createPair: { table: pairOptionTable, interfaces: [peer, own('connect/create-pair.ts', 'PairOptions')] },
}

test.each(Object.entries(tables))(
  'each option of %s has a comment, which ends with its default',
  (_, table) => {
    expect(faultsOf(table)).toEqual([])
  },
)

test('the README has what the comments say', async () => {
  const readme = path.join(root, 'README.md')
  await expect(await withTables(readme, tables)).toMatchFileSnapshot(readme)
})
