// Drives a language server that others wrote: opens a file, prints what is wrong with it and what a name means.
//
//   node --import tsx examples/03-language-server/host.ts [file.ts]
//
// Any language server will do; behind ssh, docker run -i or kubectl exec -i it is the same command with a prefix.
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { Client, isCancelled } from '@simple-ipc/rpc'
import { languageServer } from './contract.js'

const file = path.resolve(process.argv[2] ?? path.join(import.meta.dirname, 'sample.txt'))
// The sample is wrong on purpose, and is no TypeScript file until here.
const uri = pathToFileURL(file.replace(/\.txt$/, '.ts')).href
const text = await readFile(file, 'utf8')

const manifest = fileURLToPath(import.meta.resolve('typescript-language-server/package.json'))
const server = path.join(path.dirname(manifest), 'lib', 'cli.mjs')

const asked = new Set<string>()
await using client = new Client(languageServer, [process.execPath, server, '--stdio'], {
  framing: 'headers',
  host: {
    // It asks how it should behave: as it likes.
    'workspace/configuration': ({ items }) => {
      console.log(`it asked for ${items.length} setting(s)`)
      return items.map(() => ({}))
    },
  },
  // What it asks besides is answered too, for it may wait for the answer.
  fallback: method => {
    if (!asked.has(method)) console.log(`it asked ${method}`)
    asked.add(method)
    return null
  },
  // At every start, before anything else is asked: a server that crashes is started, and initialized, again.
  restart: { max: 3, withinMs: 60_000 },
  onStart: async server => {
    const { serverInfo } = await server.call('initialize', {
      processId: process.pid,
      rootUri: pathToFileURL(path.dirname(file)).href,
      capabilities: {
        textDocument: { publishDiagnostics: {} },
        workspace: {
          configuration: true,
          didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true },
        },
        window: { workDoneProgress: true },
      },
      // Files are watched by the editor: so it asks us to watch some, which the contract does not declare.
      initializationOptions: { tsserver: { useClientFileWatcher: true } },
    })
    console.log(`connected to ${serverInfo?.name ?? 'the server'}`)
    server.notify('initialized')
    server.notify('textDocument/didOpen', {
      textDocument: { uri, languageId: 'typescript', version: 1, text },
    })
  },
})

const diagnosed = new Promise<void>(resolve => {
  client.on('textDocument/publishDiagnostics', report => {
    if (report.uri !== uri || report.diagnostics.length === 0) return
    for (const { range, message } of report.diagnostics)
      console.log(`line ${range.start.line + 1}: ${message}`)
    resolve()
  })
})

const name = /\bdoubled\b/.exec(text)
if (name !== null) {
  const before = text.slice(0, name.index).split('\n')
  const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 }
  const hover = await client.call('textDocument/hover', { textDocument: { uri }, position })
  console.log(`doubled is: ${JSON.stringify(hover?.contents)}`)
}

// A call that is not wanted any more settles at once; the server is told in its own words.
const search = client.call('workspace/symbol', { query: 'd' }, { signal: AbortSignal.timeout(1) })
console.log(
  await search.then(
    found => `found ${found?.length ?? 0}`,
    (error: unknown) => (isCancelled(error) ? 'cancelled' : 'failed'),
  ),
)

if (name !== null) await diagnosed
await client.call('shutdown')
client.notify('exit')
console.log(`it exited with code ${(await client.worker.exited).code}`)
