export * from './generated/contract.js'
export { initialize, type Initializing } from './handshake.js'
export { mcpServer, type McpServerOptions } from './mcp-server.js'
