import { cancelText, mcpCancelText } from './message.js'

/** How a call is cancelled on the other side: as this protocol and language servers do, as MCP does, or not at all. */
export type CancelStyle = 'lsp' | 'mcp' | 'none'

/** The message that cancels a call, or undefined if the other side must not be told. */
export function cancelMessage(style: CancelStyle, id: number, method: string): string | undefined {
  if (style === 'lsp') return cancelText(id)
  // The Model Context Protocol forbids to cancel the first request.
  return style === 'mcp' && method !== 'initialize' ? mcpCancelText(id) : undefined
}
