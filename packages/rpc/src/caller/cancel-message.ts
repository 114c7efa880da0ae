import type { CancelStyle } from '../contract/contract-spec.js'
import { cancelText, mcpCancelText } from '../protocol/message.js'

/** The message that cancels a call, or undefined if none may be sent. */
export function cancelMessage(style: CancelStyle, id: number, method: string): string | undefined {
  if (style === 'lsp') return cancelText(id)
  // The Model Context Protocol forbids cancelling the first request.
  return style === 'mcp' && method !== 'initialize' ? mcpCancelText(id) : undefined
}
