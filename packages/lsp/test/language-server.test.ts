import { describe, expect, it } from 'vitest'
import { initialize, languageServer, lsp, type InitializeParams } from '@simple-ipc/lsp'
import { Client, connect, pick, Pool } from '@simple-ipc/rpc'
import { PassThrough } from 'node:stream'
import path from 'node:path'

const server = [process.execPath, path.join(import.meta.dirname, 'server.mjs')] as const

describe('languageServer', () => {
  it('initializes a server with the params given, at every start, and shuts it down at a stop', async () => {
    const client = new Client(lsp, server, {
      ...languageServer({ rootUri: 'file:///here', capabilities: { window: { workDoneProgress: true } } }),
      restart: { max: 1, withinMs: 60_000, backoff: { initial: 1 } },
    })
    const asked = async (): Promise<unknown> =>
      client.call('workspace/executeCommand', { command: 'what was asked' })
    const params: Partial<InitializeParams> = {
      processId: process.pid,
      rootUri: 'file:///here',
      capabilities: { window: { workDoneProgress: true } },
    }
    expect(await asked()).toEqual([
      ['initialize', params],
      ['initialized', {}],
    ])
    const closed = new Promise(resolve => client.worker.once('close', resolve))
    await client.call('workspace/executeCommand', { command: 'die' }).catch(() => undefined)
    await closed
    expect(await asked()).toEqual([
      ['initialize', params],
      ['initialized', {}],
    ])
    await client.stop()
    // It exits with 1 unless it was shut down before.
    expect((await client.worker.exited).code).toBe(0)
  })

  it('answers what the server asks and no handler does, and leaves to handlers what they do', async () => {
    const client = new Client(lsp, server, {
      ...languageServer(),
      host: { 'window/showMessageRequest': ({ actions }) => actions?.[0] ?? null },
    })
    const ask = async (method: string, params: unknown): Promise<unknown> =>
      client.call('workspace/executeCommand', { command: 'ask', arguments: [method, params] })
    expect(await ask('workspace/configuration', { items: [{ section: 'a' }, { section: 'b' }] })).toEqual([
      null,
      null,
    ])
    expect(await ask('workspace/applyEdit', { edit: {} })).toMatchObject({ applied: false })
    expect(await ask('window/showDocument', { uri: 'file:///x' })).toEqual({ success: false })
    expect(await ask('client/registerCapability', { registrations: [] })).toBeNull()
    expect(await ask('window/workDoneProgress/create', { token: 1 })).toBeNull()
    const actions = [{ title: 'yes' }]
    expect(await ask('window/showMessageRequest', { type: 1, message: '?', actions })).toEqual(actions[0])
    await client.stop()
  })

  it('reports the progress of a long request to who made it, and keeps it from being idle', async () => {
    const client = new Client(lsp, server, { ...languageServer() })
    const kinds: string[] = []
    const call = client.call(
      'workspace/executeCommand',
      { command: 'work' },
      { onProgress: report => kinds.push(report.kind), idleTimeout: 20_000 },
    )
    expect(await call).toBe('done')
    expect(kinds).toEqual(['begin', 'report', 'end'])
    await client.stop()
  })

  it('serves a pool, and a contract of which a part was picked', async () => {
    const part = pick(lsp, ['initialize', 'initialized', 'shutdown', 'exit', 'workspace/executeCommand'])
    const pool = new Pool(part, server, { ...languageServer(), size: 2 })
    const asked = await pool.call('workspace/executeCommand', { command: 'what was asked' })
    expect(asked).toMatchObject([
      ['initialize', { rootUri: null }],
      ['initialized', {}],
    ])
    await pool.stop()
  })
})

it('a program can be the server: its handlers are those of the same contract', async () => {
  const [up, down] = [new PassThrough(), new PassThrough()]
  const part = pick(lsp, ['initialize', 'initialized', 'textDocument/hover'])
  connect(part, up, down, {
    side: 'child',
    framing: 'headers',
    handlers: {
      initialize: ({ rootUri }) => ({ capabilities: {}, serverInfo: { name: String(rootUri) } }),
      'textDocument/hover': ({ position }) => ({ contents: `line ${position.line}` }),
    },
  })
  const client = connect(part, down, up, { side: 'host', framing: 'headers', handlers: {} })
  expect(await initialize(client, { rootUri: 'file:///x' })).toMatchObject({
    serverInfo: { name: 'file:///x' },
  })
  const textDocument = { uri: 'file:///x/y' }
  expect(
    await client.call('textDocument/hover', { textDocument, position: { line: 3, character: 0 } }),
  ).toEqual({ contents: 'line 3' })
  client.close()
})
