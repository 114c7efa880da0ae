import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { initialize, mcp, mcpServer, type McpSpec } from '@simple-ipc/mcp'
import { Client, type ClientOptions, type RemoteChild, type ViolationDetails } from '@simple-ipc/rpc'

/** The program of a server that is installed. */
const program = (name: string, ...args: string[]): readonly [string, ...string[]] => {
  const manifest = fileURLToPath(import.meta.resolve(`@modelcontextprotocol/${name}/package.json`))
  return [process.execPath, path.join(path.dirname(manifest), 'dist', 'index.js'), ...args]
}
const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'simple-ipc-mcp-')))
writeFileSync(path.join(folder, 'note.txt'), 'what is written here')
afterAll(() => rmSync(folder, { recursive: true }))

const violations: [string, ViolationDetails | undefined][] = []
let client: Client<McpSpec>
afterEach(async () => {
  await client.stop()
  expect(violations.splice(0)).toEqual([])
})

const start = (
  command: readonly [string, ...string[]],
  options: Omit<ClientOptions<RemoteChild<McpSpec>>, 'fallback'> & { host?: object } = {},
): Client<McpSpec> =>
  (client = new Client(mcp, command, {
    ...mcpServer(),
    stderr: 'ignore',
    onProtocolError: (message, details) => violations.push([message, details]),
    ...options,
  }))

/** The text of a tool's answer. */
async function told(name: string, args: Record<string, unknown>): Promise<string> {
  const { content } = await client.call('tools/call', { name, arguments: args })
  return content.map(block => (block.type === 'text' ? block.text : block.type)).join('\n')
}

describe('server-filesystem', () => {
  it('lists its tools, reads a file in the folder that it was told of, and refuses others', async () => {
    const roots = [{ uri: pathToFileURL(folder).href, name: 'notes' }]
    let asked: () => void = () => undefined
    const wasAsked = new Promise<void>(resolve => (asked = resolve))
    start(program('server-filesystem', folder), {
      onStart: async server => {
        const { serverInfo } = await initialize(server, { capabilities: { roots: {} } })
        expect(serverInfo.name).toMatch(/filesystem/)
        await wasAsked
      },
      host: {
        'roots/list': () => {
          asked()
          return { roots }
        },
      },
    })
    const { tools } = await client.call('tools/list')
    expect(tools.map(({ name }) => name)).toContain('read_text_file')
    expect(await told('read_text_file', { path: path.join(folder, 'note.txt') })).toBe('what is written here')
    const refused = await client.call('tools/call', {
      name: 'read_text_file',
      arguments: { path: path.join(tmpdir(), 'elsewhere') },
    })
    expect(refused.isError).toBe(true)
  }, 60_000)
})

describe('server-memory', () => {
  it('keeps what it is told, and gives it back as structured content', async () => {
    start(program('server-memory'), {
      env: { ...process.env, MEMORY_FILE_PATH: path.join(folder, 'memory') },
    })
    const entities = [{ name: 'Ada', entityType: 'person', observations: ['wrote the first program'] }]
    await told('create_entities', { entities })
    const { structuredContent } = await client.call('tools/call', { name: 'read_graph', arguments: {} })
    expect(structuredContent).toMatchObject({ entities })
  }, 60_000)
})

describe('server-everything', () => {
  it('offers tools, resources and prompts, and every answer fits', async () => {
    start(program('server-everything', 'stdio'))
    const { tools } = await client.call('tools/list')
    const names = tools.map(({ name }) => name)
    expect(names).toContain('echo')
    expect(await told('echo', { message: 'hello' })).toMatch(/hello/)
    const { resources } = await client.call('resources/list')
    const [first] = resources
    const { contents } = await client.call('resources/read', { uri: first?.uri ?? '' })
    expect(contents).toHaveLength(1)
    await client.call('resources/templates/list')
    const { prompts } = await client.call('prompts/list')
    const simple = prompts.find(({ arguments: args = [] }) => args.length === 0)
    const { messages } = await client.call('prompts/get', { name: simple?.name ?? '' })
    expect(messages.length).toBeGreaterThan(0)
    await client.call('logging/setLevel', { level: 'debug' })
    expect(await client.call('ping')).toEqual({})
  }, 60_000)

  it('reports the progress of a long tool to who called it', async () => {
    start(program('server-everything', 'stdio'))
    const steps: number[] = []
    const { tools } = await client.call('tools/list')
    const long = tools.find(({ name }) => /long/i.test(name))?.name ?? ''
    const { content } = await client.call(
      'tools/call',
      { name: long, arguments: { duration: 1, steps: 4 } },
      { onProgress: ({ progress }) => steps.push(progress), idleTimeout: 20_000 },
    )
    expect(content).toHaveLength(1)
    expect(steps).toEqual([1, 2, 3, 4])
  }, 60_000)
})
