// Drives an MCP server that others wrote: lists its tools, has it list and read files, and bears its refusals.
//
//   node --import tsx examples/04-mcp-server/host.ts [folder]
//
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { initialize, mcp, mcpServer } from '@simple-ipc/mcp'
import { Client } from '@simple-ipc/rpc'

const folder = path.resolve(process.argv[2] ?? import.meta.dirname)
const manifest = fileURLToPath(import.meta.resolve('@modelcontextprotocol/server-filesystem/package.json'))
const server = [process.execPath, path.join(path.dirname(manifest), 'dist', 'index.js'), folder]
// Started through npm, it prints what npm prints before its first message.
const command = process.argv.includes('--npm')
  ? ['npm', 'start', '--prefix', import.meta.dirname, '--', folder]
  : server

let rootsAsked: () => void = () => undefined
const roots = new Promise<void>(resolve => (rootsAsked = resolve))

const client = new Client(mcp, command, {
  ...mcpServer(),
  stderr: 'ignore',
  onLine: line => {
    if (line.trim() !== '') console.log(`it printed: ${line.replaceAll(folder, '…')}`)
  },
  host: {
    'roots/list': () => {
      rootsAsked()
      return { roots: [{ uri: pathToFileURL(folder).href, name: 'example' }] }
    },
  },
  // At every start, before anything else is asked: a server that crashes is started, and initialized, again.
  restart: { max: 3, withinMs: 60_000 },
  onStart: async server => {
    const { serverInfo } = await initialize(server, {
      capabilities: { roots: {} },
      clientInfo: { name: 'simple-ipc example', version: '1.0.0' },
    })
    console.log(`connected to ${serverInfo.name}`)
    await roots
    console.log('it asked for our roots')
  },
})

const { tools } = await client.call('tools/list')
console.log(
  `${tools.length} tools, ${tools.some(({ name }) => name === 'list_directory') ? 'list_directory among them' : ''}`,
)

const listed = await client.call('tools/call', { name: 'list_directory', arguments: { path: folder } })
for (const block of listed.content) if (block.type === 'text') console.log(block.text)

const refused = await client
  .call('tools/call', { name: 'read_text_file', arguments: { path: '/etc/hostname' } })
  .catch(() => ({ isError: true }))
console.log(`outside of its folder: ${refused.isError === true ? 'refused' : 'read!'}`)

const at = performance.now()
await client.stop()
console.log(`stopped in ${performance.now() - at < 3000 ? 'less than 3 s' : 'too long'}`)
