import manifest from '../package.json' with { type: 'json' }
import { mcp, type InitializeRequestParams, type InitializeResult } from './generated/contract.js'

/** An MCP server that can be initialized: of a picked contract, one that has these two members. */
export interface Initializing {
  call(method: 'initialize', params: InitializeRequestParams): Promise<InitializeResult>
  notify(name: 'notifications/initialized', params: Readonly<Record<string, never>>): void
}

/** Revisions whose messages the contract describes. */
const spoken: readonly string[] = [mcp.version, '2025-06-18', '2025-03-26', '2024-11-05']

/**
 * `initialize` and `notifications/initialized`, which must come before anything else: for `onStart`. What is left out of
 * `params` says that simple-ipc asks, in the newest revision that it speaks, and can do nothing special.
 *
 * Resolves with what the server can do. Throws an Error if it speaks only a revision that this package does not.
 */
export async function initialize(
  server: Initializing,
  params: Partial<InitializeRequestParams> = {},
): Promise<InitializeResult> {
  const result = await server.call('initialize', {
    protocolVersion: mcp.version,
    capabilities: {},
    clientInfo: { name: 'simple-ipc', version: manifest.version },
    ...params,
  })
  if (!spoken.includes(result.protocolVersion) && result.protocolVersion !== params.protocolVersion)
    throw new Error(
      `The server speaks revision ${result.protocolVersion} of the Model Context Protocol, and this package ${spoken.join(', ')}`,
    )
  server.notify('notifications/initialized', {})
  return result
}
