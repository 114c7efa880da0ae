// Hosts that are generated from a contract for programs of others, and what such a program gets of them.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { defineContract, serializeContract, Type, type ForeignSpec } from '@simple-ipc/rpc'
import { afterAll, describe, expect, it } from 'vitest'
import { generate } from '../../src/generate/generate.js'
import { writeFiles } from '../../src/output/write-files.js'
import { inTests } from '../support/paths.js'
import { complaints, go, goEnvironment, goMod, goModule, python } from '../support/toolchains.js'

const contractFor = (foreign: ForeignSpec) =>
  serializeContract(
    defineContract({
      name: 'foreign',
      version: '1.0.0',
      foreign,
      child: {
        methods: {
          initialize: { result: Type.Object({ name: Type.String() }) },
          work: {
            params: Type.Object({ n: Type.Integer() }),
            result: Type.String(),
            progress: Type.Unknown(),
          },
          wait: { result: Type.Boolean() },
          asked: { result: Type.Array(Type.Unknown()) },
        },
      },
    }),
  )

const program = inTests('foreign', 'program.mjs')
const jsonrpc = '2.0'
/** By the style of a program: what it gets, and what its reports come to. */
const styles = {
  lsp: {
    foreign: { cancel: 'lsp', progress: 'lsp' },
    work: { n: 7, workDoneToken: expect.any(String) as unknown },
    cancel: [{ jsonrpc, method: '$/cancelRequest', params: { id: 3 } }],
    reports: [{ done: 1 }, { done: 2 }],
  },
  mcp: {
    foreign: { cancel: 'mcp', progress: 'mcp' },
    work: { n: 7, _meta: { progressToken: expect.any(String) as unknown } },
    cancel: [{ jsonrpc, method: 'notifications/cancelled', params: { requestId: 3 } }],
    reports: [1, 2].map(done => ({ progressToken: expect.any(String) as unknown, done })),
  },
  other: {
    foreign: { cancel: { method: '$/cancel_request', param: 'requestId' } },
    work: { n: 7 },
    cancel: [{ jsonrpc, method: '$/cancel_request', params: { requestId: 3 } }],
    reports: [],
  },
  none: { foreign: { cancel: 'none' }, work: { n: 7 }, cancel: [], reports: [] },
} as const

interface Host {
  available: boolean
  /** Makes the host in a folder; returns its command. */
  prepare: (folder: string, foreign: ForeignSpec) => readonly string[]
}
const hosts: Readonly<Record<string, Host>> = {
  Go: {
    available: go !== undefined,
    prepare: (folder, foreign) => {
      writeFiles(folder, generate(contractFor(foreign), 'go', undefined, goModule))
      writeFileSync(path.join(folder, 'go.mod'), goMod)
      cpSync(inTests('foreign', 'go'), path.join(folder, 'host'), { recursive: true })
      const file = path.join(folder, process.platform === 'win32' ? 'run.exe' : 'run')
      expect(complaints(go ?? 'go', ['build', '-o', file, './host'], folder, goEnvironment)).toBe('')
      return [file]
    },
  },
  Python: {
    available: python !== undefined,
    prepare: (folder, foreign) => {
      writeFiles(path.join(folder, 'generated'), generate(contractFor(foreign), 'python'))
      cpSync(inTests('foreign', 'python', 'host.py'), path.join(folder, 'host.py'))
      return [python ?? 'python3', 'host.py']
    },
  },
}

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

describe.each(Object.entries(hosts))('a host in %s', (_, { available, prepare }) => {
  it.skipIf(!available).each(Object.entries(styles))(
    "speaks the program's own protocol: %s",
    { timeout: 120_000 },
    (style, { foreign, work, cancel, reports }) => {
      const folder = mkdtempSync(path.join(tmpdir(), 'simple-ipc-'))
      folders.push(folder)
      const [file = '', ...args] = prepare(folder, foreign)
      for (const framing of ['lines', 'headers']) {
        const command = [...args, framing, process.execPath, program, framing, style]
        const { stdout, stderr } = spawnSync(file, command, { cwd: folder, encoding: 'utf8' })
        expect(stderr).toBe('')
        expect(JSON.parse(stdout)).toEqual({
          name: 'größe',
          line: 'hello',
          work: 'done',
          reports,
          asked: [
            // Which of the first two calls has which number depends on which of them was made first.
            { jsonrpc, id: expect.any(Number) as unknown, method: 'initialize' },
            { jsonrpc, id: expect.any(Number) as unknown, method: 'work', params: work },
            { jsonrpc, id: 3, method: 'wait' },
            ...cancel,
            { jsonrpc, id: 4, method: 'asked' },
          ],
        })
      }
    },
  )
})
