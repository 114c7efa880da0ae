// @ts-check
// The MCP TypeScript SDK, client and server, over stdio.
import path from 'node:path'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { measureCalls } from './in-flight.mjs'

const client = new Client({ name: 'bench', version: '1.0.0' })
await client.connect(
  new StdioClientTransport({
    command: process.execPath,
    args: [path.join(import.meta.dirname, 'children', 'mcp-sdk.mjs')],
  }),
)
await measureCalls(async value => {
  const { content } = await client.callTool({ name: 'increment', arguments: { value } })
  return Number(/** @type {{ text: string }[]} */ (content)[0]?.text)
})
await client.close()
