// A generated host drives a language server and an MCP server, each by a contract that has only what is needed of it.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineContract, serializeContract, Type } from '@simple-ipc/rpc'
import { expect, it } from 'vitest'
import { generate } from '../../src/generate/generate.js'
import { writeFiles } from '../../src/output/write-files.js'
import { inTests } from '../support/paths.js'
import { complaints, go, goEnvironment, goMod, goModule, python } from '../support/toolchains.js'

const languageServer = defineContract({
  name: 'language-server',
  version: '1.0.0',
  foreign: { cancel: 'lsp', progress: 'lsp' },
  child: {
    methods: {
      initialize: {
        params: Type.Object({ processId: Type.Null(), rootUri: Type.Null(), capabilities: Type.Unknown() }),
        result: Type.Object({ capabilities: Type.Unknown() }),
      },
      shutdown: { result: Type.Null() },
    },
    notifications: {
      initialized: Type.Object({}),
      exit: Type.Object({}),
      'textDocument/didOpen': Type.Object({
        textDocument: Type.Object({
          uri: Type.String(),
          languageId: Type.String(),
          version: Type.Integer(),
          text: Type.String(),
        }),
      }),
    },
  },
  host: {
    notifications: {
      'textDocument/publishDiagnostics': Type.Object({
        diagnostics: Type.Array(Type.Object({ message: Type.String() })),
      }),
    },
  },
})

const toolServer = defineContract({
  name: 'tool-server',
  version: '1.0.0',
  foreign: { cancel: 'mcp', progress: 'mcp' },
  child: {
    methods: {
      initialize: {
        params: Type.Object({
          protocolVersion: Type.String(),
          capabilities: Type.Unknown(),
          clientInfo: Type.Object({ name: Type.String(), version: Type.String() }),
        }),
        result: Type.Object({ protocolVersion: Type.String() }),
      },
      'tools/list': { result: Type.Object({ tools: Type.Array(Type.Object({ name: Type.String() })) }) },
      'tools/call': {
        params: Type.Object({ name: Type.String(), arguments: Type.Record(Type.String(), Type.Unknown()) }),
        result: Type.Object({ content: Type.Array(Type.Object({ type: Type.String() })) }),
        progress: Type.Object({ progress: Type.Number() }),
      },
    },
    notifications: { 'notifications/initialized': Type.Object({}) },
  },
})

/** A file of an installed package. */
const inModule = (name: string, ...file: string[]): string =>
  path.join(path.dirname(fileURLToPath(import.meta.resolve(`${name}/package.json`))), ...file)
const everything = inModule('@modelcontextprotocol/server-everything', 'dist', 'index.js')

/** By language, what makes the host in a folder; it returns its command. */
const hosts: Readonly<Record<string, { available: boolean; prepare: (folder: string) => string[] }>> = {
  Go: {
    available: go !== undefined,
    prepare: folder => {
      for (const contract of [languageServer, toolServer])
        writeFiles(folder, generate(serializeContract(contract), 'go', undefined, goModule))
      writeFileSync(path.join(folder, 'go.mod'), goMod)
      cpSync(inTests('foreign', 'go_servers'), path.join(folder, 'host'), { recursive: true })
      const file = path.join(folder, process.platform === 'win32' ? 'run.exe' : 'run')
      expect(complaints(go ?? 'go', ['build', '-o', file, './host'], folder, goEnvironment)).toBe('')
      return [file]
    },
  },
  Python: {
    available: python !== undefined,
    prepare: folder => {
      for (const contract of [languageServer, toolServer])
        writeFiles(path.join(folder, 'generated'), generate(serializeContract(contract), 'python'))
      cpSync(inTests('foreign', 'python', 'servers.py'), path.join(folder, 'servers.py'))
      return [python ?? 'python3', 'servers.py']
    },
  },
}

it.each(Object.entries(hosts))(
  'a host in %s drives a language server and an MCP server',
  { timeout: 300_000 },
  (_, { available, prepare }) => {
    if (!available) return
    const folder = mkdtempSync(path.join(tmpdir(), 'simple-ipc-'))
    const [file = '', ...args] = prepare(folder)
    const pyright = inModule('pyright', 'langserver.index.js')
    args.push(process.execPath, pyright, everything, 'trigger-long-running-operation')
    const { stdout, stderr } = spawnSync(file, args, { cwd: folder, encoding: 'utf8', timeout: 200_000 })
    expect(stderr).toBe('')
    expect(JSON.parse(stdout)).toEqual({
      diagnostics: [
        { message: expect.stringMatching(/cannot be assigned to parameter "number"/) as unknown },
      ],
      content: [{ type: 'text' }],
      reports: [1, 2, 3, 4],
    })
    rmSync(folder, { recursive: true, force: true })
  },
)
