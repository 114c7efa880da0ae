// What a Python program does with errors: it copies them, sends them to other processes, and catches them by kind.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { discover, serializeContract } from '@simple-ipc/rpc'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generate } from '../../src/generate/generate.js'
import { writeFiles } from '../../src/output/write-files.js'
import { contract } from '../cases/conversation.js'
import { inTests } from '../support/paths.js'
import { python } from '../support/toolchains.js'

describe.skipIf(python === undefined)('the errors of the Python runtime', () => {
  let folder = ''
  let found: { copies: [string, boolean][]; kinds: unknown[] } = { copies: [], kinds: [] }
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'simple-ipc-'))
    writeFiles(
      path.join(folder, 'generated'),
      generate(serializeContract(contract), 'python', discover(contract)),
    )
    for (const file of ['conversation_child.py', 'errors_program.py'])
      cpSync(inTests('python', file), path.join(folder, file))
    const run = spawnSync(python ?? 'python3', [path.join(folder, 'errors_program.py')], { encoding: 'utf8' })
    expect(run.stderr).not.toContain('Traceback')
    found = JSON.parse(run.stdout) as typeof found
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('are copied and pickled with all that they have', () => {
    expect(found.copies).toEqual(
      [
        'RpcError',
        'CancelledError',
        'RpcTimeoutError',
        'FailDeclaredError',
        'FailBareError',
        'WorkerExitedError',
        'InvalidValueError',
        'StartError',
      ].map(name => [name, true]),
    )
  })

  it('are errors of Python’s own kinds as well, and have their causes', () => {
    expect(found.kinds).toEqual([
      true,
      'START_FAILED',
      true,
      'TIMEOUT',
      'InvalidValueError',
      'START_TIMEOUT',
      'TIMEOUT',
    ])
  })
})
