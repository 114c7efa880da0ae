// Options are said once: in the comments of their interface. `vitest -u` writes the README's table anew.
import path from 'node:path'
import { expect, test } from 'vitest'
import { askOptionTable, waitOptionTable } from '../src/ask/until.js'
import { programOptionTable, stopGraceTable } from '../src/process/program-options.js'
import { backoffTable, restartTable } from '../src/worker/restart-options.js'
import { workerOptionTable } from '../src/worker/worker-options.js'
import './leaves-nothing.js'
import { faultsOf, withTables, type DocumentedTable } from './option-docs.js'

const root = path.resolve(import.meta.dirname, '..')
const source = (file: string): string => path.join(root, 'src', file)
const program = [source('process/program-options.ts'), 'ProgramOptions'] as const
const wait = [source('ask/until.ts'), 'WaitOptions'] as const

const tables: Record<string, DocumentedTable> = {
  worker: {
    table: workerOptionTable,
    interfaces: [program, [source('worker/worker-options.ts'), 'WorkerOptions']],
  },
  program: { table: programOptionTable, interfaces: [program] },
  stop: { table: stopGraceTable, interfaces: [[source('process/program-options.ts'), 'StopGrace']] },
  restart: { table: restartTable, interfaces: [[source('worker/restart-options.ts'), 'RestartOptions']] },
  backoff: { table: backoffTable, interfaces: [[source('worker/restart-options.ts'), 'Backoff']] },
  wait: { table: waitOptionTable, interfaces: [wait] },
  ask: { table: askOptionTable, interfaces: [wait, [source('ask/until.ts'), 'AskOptions']] },
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
