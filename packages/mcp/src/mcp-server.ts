import { ErrorCode, RpcError } from '@simple-ipc/rpc'
import type { InitializeRequestParams } from './generated/contract.js'
import { initialize, type Initializing } from './handshake.js'

/** Options of a `Client` or a `Pool` of MCP servers. */
export interface McpServerOptions {
  readonly onStart: (server: Initializing) => Promise<void>
  readonly fallback: (method: string) => unknown
}

/**
 * What a client of an MCP server needs: its handshake at every start, and an answer to its pings. What else a server asks it
 * asks only of a client whose `capabilities` say so: its handlers go into `host`. `params` are those of {@link initialize}.
 *
 * `new Client(mcp, ['npx', '-y', '@modelcontextprotocol/server-memory'], { ...mcpServer() })`
 */
export const mcpServer = (params: Partial<InitializeRequestParams> = {}): McpServerOptions => ({
  onStart: async server => {
    await initialize(server, params)
  },
  fallback: method => {
    if (method === 'ping') return {}
    throw new RpcError(ErrorCode.MethodNotFound, `This client has no handler for ${method}`)
  },
})
