import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import {
  initialize,
  languageServer,
  lsp,
  type LanguageKind,
  type PublishDiagnosticsParams,
} from '@simple-ipc/lsp'
import { Client, type ViolationDetails } from '@simple-ipc/rpc'

/** The program of a package, by the path inside it. */
const program = (name: string, file: string): string =>
  path.join(path.dirname(fileURLToPath(import.meta.resolve(`${name}/package.json`))), file)

interface Server {
  name: string
  command: readonly [string, ...string[]]
  file: string
  languageId: LanguageKind
  text: string
  /** Where something is to be hovered over, and a part of what is shown then. */
  hover: { line: number; character: number; shows: string }
  /** A part of what is wrong with the text; undefined where the server checks it only with other programs. */
  wrong: string | undefined
  settings?: Readonly<Record<string, unknown>>
}

const node = process.execPath
const servers: Server[] = [
  {
    name: 'typescript-language-server',
    command: [node, program('typescript-language-server', 'lib/cli.mjs'), '--stdio'],
    file: 'sample.ts',
    languageId: 'typescript',
    text: 'const doubled: number = "two"\nexport const four = doubled + 2\n',
    hover: { line: 1, character: 20, shows: 'const doubled: number' },
    wrong: "Type 'string' is not assignable to type 'number'",
  },
  {
    name: 'pyright',
    command: [node, program('pyright', 'langserver.index.js'), '--stdio'],
    file: 'sample.py',
    languageId: 'python',
    text: 'def double(number: int) -> int:\n    return number * 2\n\nfour = double("2")\n',
    hover: { line: 3, character: 8, shows: 'number: int' },
    wrong: 'cannot be assigned to parameter "number"',
  },
  {
    name: 'yaml-language-server',
    command: [node, program('yaml-language-server', 'bin/yaml-language-server'), '--stdio'],
    file: 'sample.yaml',
    languageId: 'yaml',
    text: 'size: small\n',
    hover: { line: 0, character: 1, shows: 'How large it is' },
    wrong: 'Incorrect type. Expected "integer"',
    settings: {
      yaml: {
        hover: true,
        validate: true,
        schemas: {
          [pathToFileURL(path.join(import.meta.dirname, 'sample.schema.json')).href]: '*.yaml',
        },
      },
    },
  },
  {
    name: 'bash-language-server',
    command: [node, program('bash-language-server', 'out/cli.js'), 'start'],
    file: 'sample.sh',
    languageId: 'shellscript',
    text: '# Greets whoever is there.\ngreet() {\n  echo "hello $1"\n}\ngreet world\n',
    hover: { line: 4, character: 2, shows: 'Greets whoever is there' },
    wrong: undefined,
  },
]

let folder: string
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe.each(servers)('$name', ({ command, file, languageId, text, hover, wrong, settings }) => {
  it('is initialized, tells what is wrong and what a name means, and is shut down; every value fits', async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'simple-ipc-lsp-'))
    const place = path.join(folder, file)
    writeFileSync(place, text)
    const uri = pathToFileURL(place).href
    const violations: [string, ViolationDetails | undefined][] = []
    const rootUri = pathToFileURL(folder).href
    const client = new Client(lsp, command, {
      ...languageServer(),
      onStart: async server => {
        const { capabilities } = await initialize(server, {
          rootUri,
          workspaceFolders: [{ uri: rootUri, name: 'sample' }],
          capabilities: {
            textDocument: { publishDiagnostics: {}, hover: { contentFormat: ['markdown', 'plaintext'] } },
            workspace: { configuration: settings !== undefined, workspaceFolders: true },
            window: { workDoneProgress: true },
          },
        })
        expect(capabilities.hoverProvider).toBeTruthy()
      },
      host: {
        'workspace/configuration': ({ items }) =>
          items.map(({ section }) => settings?.[section ?? ''] ?? null),
      },
      stderr: 'ignore',
      onProtocolError: (message, details) => violations.push([message, details]),
    })
    const told: PublishDiagnosticsParams[] = []
    const diagnosed = new Promise<void>(resolve => {
      client.on('textDocument/publishDiagnostics', params => {
        told.push(params)
        if (params.diagnostics.length > 0) resolve()
      })
    })
    client.notify('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } })
    // A server that has checked a text has read its settings.
    if (wrong !== undefined) {
      await diagnosed
      expect(JSON.stringify(told)).toContain(JSON.stringify(wrong).slice(1, -1))
    }
    const { line, character, shows } = hover
    const shown = await client.call('textDocument/hover', {
      textDocument: { uri },
      position: { line, character },
    })
    expect(JSON.stringify(shown?.contents)).toContain(shows)
    await client.stop()
    expect((await client.worker.exited).code).toBe(0)
    expect(violations).toEqual([])
  }, 60_000)
})
