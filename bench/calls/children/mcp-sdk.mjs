// @ts-check
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import { z } from 'zod'

const server = new McpServer({ name: 'bench', version: '1.0.0' })
server.registerTool('increment', { inputSchema: { value: z.number() } }, ({ value }) => ({
  content: [{ type: 'text', text: String(value + 1) }],
}))
await server.connect(new StdioServerTransport())
