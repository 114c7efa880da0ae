// Drives a language server that others wrote: opens a file, prints what is wrong with it and what a name means.
//
//   node --import tsx examples/03-language-server/host.ts [file.ts]
//
// Any language server will do; behind ssh, docker run -i or kubectl exec -i it is the same command with a prefix.
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { initialize, languageServer, lsp } from '@simple-ipc/lsp'
import { Client, isCancelled } from '@simple-ipc/rpc'

const file = path.resolve(process.argv[2] ?? path.join(import.meta.dirname, 'sample.txt'))
// The sample is wrong on purpose, and is no TypeScript file until here.
const uri = pathToFileURL(file.replace(/\.txt$/, '.ts')).href
const text = await readFile(file, 'utf8')

const manifest = fileURLToPath(import.meta.resolve('typescript-language-server/package.json'))
const server = path.join(path.dirname(manifest), 'lib', 'cli.mjs')

const asked = new Set<string>()
await using client = new Client(lsp, [process.execPath, server, '--stdio'], {
  ...languageServer(),
  host: {
    // It asks how it should behave: as it likes.
    'workspace/configuration': ({ items }) => {
      console.log(`it asked for ${items.length} setting(s)`)
      return items.map(() => ({}))
    },
    'client/registerCapability': ({ registrations }) => {
      for (const { method } of registrations) if (!asked.has(method)) console.log(`it asked for ${method}`)
      for (const { method } of registrations) asked.add(method)
    },
  },
  // At every start, before anything else is asked: a server that crashes is started, and initialized, again.
  restart: { max: 3, withinMs: 60_000 },
  onStart: async server => {
    const { serverInfo } = await initialize(server, {
      rootUri: pathToFileURL(path.dirname(file)).href,
      capabilities: {
        textDocument: { publishDiagnostics: {} },
        workspace: {
          configuration: true,
          didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true },
        },
      },
      // Files are watched by the editor, which is asked to.
      initializationOptions: { tsserver: { useClientFileWatcher: true } },
    })
    console.log(`connected to ${serverInfo?.name ?? 'the server'}`)
    server.notify('textDocument/didOpen', {
      textDocument: { uri, languageId: 'typescript', version: 1, text },
    })
  },
})

const diagnosed = new Promise<void>(resolve => {
  client.on('textDocument/publishDiagnostics', report => {
    if (report.uri !== uri || report.diagnostics.length === 0) return
    for (const { range, message } of report.diagnostics) {
      const shown = typeof message === 'string' ? message : message.value
      console.log(`line ${range.start.line + 1}: ${shown}`)
    }
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
await client.stop()
console.log(`it exited with code ${(await client.worker.exited).code}`)
