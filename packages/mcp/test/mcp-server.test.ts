import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { mcp, mcpServer, type CallToolResult, type McpSpec } from '@simple-ipc/mcp'
import { Client, pick, Pool } from '@simple-ipc/rpc'

const server = [process.execPath, path.join(import.meta.dirname, 'server.mjs')] as const

let client: Client<McpSpec>
afterEach(() => client.stop())

const call = (name: string, args: Record<string, unknown> = {}): Promise<CallToolResult> =>
  client.call('tools/call', { name, arguments: args })

describe('mcpServer', () => {
  it('initializes a server with the params given, before anything else', async () => {
    client = new Client(mcp, server, { ...mcpServer({ clientInfo: { name: 'me', version: '3' } }) })
    const params = {
      protocolVersion: '2025-11-25',
      capabilities: {},
      clientInfo: { name: 'me', version: '3' },
    }
    expect((await call('asked')).structuredContent).toEqual({
      asked: [['initialize', params], 'initialized'],
    })
  })

  it('takes a server of an older revision, and refuses one of a revision that it does not know', async () => {
    client = new Client(mcp, [...server, '2025-03-26'], { ...mcpServer() })
    await client.start()
    await client.stop()
    client = new Client(mcp, [...server, '1999-01-01'], { ...mcpServer(), start: false })
    await expect(client.start()).rejects.toThrow(
      /^The server speaks revision 1999-01-01 of the Model Context Protocol, and this package 2025-11-25, /,
    )
  })

  it('answers pings in both directions at once, and refuses what it has no handler for', async () => {
    client = new Client(mcp, server, {
      ...mcpServer(),
      host: { 'elicitation/create': () => ({ action: 'decline' as const }) },
    })
    const [own] = await Promise.all([client.call('ping'), call('ask', { method: 'ping' })])
    expect(own).toEqual({})
    const form = { message: '?', requestedSchema: { type: 'object', properties: {} } }
    const { structuredContent } = await call('ask', { method: 'elicitation/create', params: form })
    expect(structuredContent).toEqual({ action: 'decline' })
    await expect(call('ask', { method: 'roots/list' })).rejects.toThrow(/no handler for roots\/list/)
  })

  it('reports progress, and serves a pool of a contract of which a part was picked', async () => {
    const part = pick(mcp, ['initialize', 'notifications/initialized', 'tools/call'])
    const pool = new Pool(part, server, { ...mcpServer(), size: 2 })
    const steps: unknown[] = []
    const { content } = await pool.call(
      'tools/call',
      { name: 'work' },
      { onProgress: ({ progress, total, message }) => steps.push([progress, total, message]) },
    )
    expect(content).toEqual([{ type: 'text', text: 'done' }])
    expect(steps).toEqual([
      [1, 2, undefined],
      [2, 2, 'nearly'],
    ])
    await pool.stop()
  })
})
