import type { CancelStyle } from '../contract/contract-spec.js'
import { toJson } from '../json/to-json.js'
import { cancelText, mcpCancelText, notificationText } from '../protocol/message.js'

/** The message that cancels a call, or undefined if none may be sent. */
export function cancelMessage(style: CancelStyle, id: number, method: string): string | undefined {
  if (typeof style === 'object')
    return notificationText(toJson(style.method), `{${toJson(style.param)}:${id}}`)
  if (style === 'lsp') return cancelText(id)
  // The Model Context Protocol forbids cancelling the first request.
  return style === 'mcp' && method !== 'initialize' ? mcpCancelText(id) : undefined
}
