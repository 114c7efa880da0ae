import { readJson, ReadFault } from '../json/parse-json.js'
import type { MessageSink } from './message-sink.js'
import { messageKind, type WireMessage } from './message.js'

/** How every message of ours begins. */
export const messageStart = '{"jsonrpc":"2.0"'

/** Where in a line a message begins after other text; undefined unless it is whole and certainly meant for us. */
export function gluedAt(line: string, sink: MessageSink): number | undefined {
  const at = line.indexOf(messageStart)
  if (at <= 0) return undefined
  const read = readJson(line.slice(at))
  return read instanceof ReadFault || !isMeant(read as WireMessage, sink) ? undefined : at
}

function isMeant(message: WireMessage, sink: MessageSink): boolean {
  const kind = messageKind(message, false)
  if (kind === 'response') return sink.isOpenCall(message.id)
  if (kind !== 'request' && kind !== 'notification') return false
  const method = message.method as string
  if (sink.mayReceive(method)) return true
  if (kind === 'request') return method.startsWith('rpc.')
  const params = message.params as { id?: unknown; token?: unknown } | null | undefined
  if (method === '$/items') return sink.isOpenCall(params?.id)
  return method === '$/progress' && sink.isOpenCall(params?.token)
}
