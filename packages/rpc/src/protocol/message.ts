/** The wire shapes: what a parsed JSON value is (protocol, section 3), and how each message is written. Pure. */

import { answerOverLimit } from '../errors/protocol-errors.js'
import { toJson } from '../json/to-json.js'

/** A request's id. `"1"` and `1` are two ids. */
export type Id = string | number

/** A parsed message, before anything is known about it. Members that are absent are undefined. */
export interface WireMessage {
  jsonrpc?: unknown
  id?: unknown
  method?: unknown
  meta?: unknown
  for?: unknown
  params?: unknown
  result?: unknown
  error?: unknown
}

export type MessageKind = 'request' | 'notification' | 'response' | 'invalid' | 'none'

/** A string, or a number whose value is an integer that JavaScript holds exactly. */
export const isId = (value: unknown): value is Id => typeof value === 'string' || Number.isSafeInteger(value)

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** `lenient` lets `"jsonrpc"` be absent. Absent and null params are the same. */
export function messageKind(value: unknown, lenient: boolean): MessageKind {
  if (!isObject(value)) return 'none'
  const message = value as WireMessage
  if (message.jsonrpc !== '2.0' && !(lenient && message.jsonrpc === undefined)) return 'none'
  if (message.method === undefined) {
    const any = message.id !== undefined || message.result !== undefined || message.error !== undefined
    return any ? 'response' : 'none'
  }
  if (typeof message.method !== 'string') return 'invalid'
  if (message.params !== undefined && typeof message.params !== 'object') return 'invalid'
  if (message.id === undefined) return 'notification'
  return isId(message.id) ? 'request' : 'invalid'
}

const idText = (id: Id | null): string => (typeof id === 'number' ? `${id}` : toJson(id))

/**
 * `method` and `params` are JSON already; params that are undefined are left out. `carried` is what stands between them, as
 * {@link carriedText} makes it.
 */
export const requestText = (id: number, method: string, params: string | undefined, carried = ''): string =>
  params === undefined
    ? `{"jsonrpc":"2.0","id":${id},"method":${method}${carried}}`
    : `{"jsonrpc":"2.0","id":${id},"method":${method}${carried},"params":${params}}`

export const notificationText = (method: string, params: string | undefined, carried = ''): string =>
  params === undefined
    ? `{"jsonrpc":"2.0","method":${method}${carried}}`
    : `{"jsonrpc":"2.0","method":${method}${carried},"params":${params}}`

export const resultText = (id: Id, result: string): string =>
  `{"jsonrpc":"2.0","id":${idText(id)},"result":${result}}`

export const errorText = (id: Id | null, code: number, message: string, data?: string): string =>
  `{"jsonrpc":"2.0","id":${idText(id)},"error":{"code":${code},"message":${toJson(message)}` +
  (data === undefined ? '}}' : `,"data":${data}}}`)

/** `values` is the JSON of one or more, with commas between them. */
export const itemsText = (id: Id, values: string): string =>
  `{"jsonrpc":"2.0","method":"$/items","params":{"id":${idText(id)},"values":[${values}]}}`

export const progressText = (id: Id, value: string): string =>
  `{"jsonrpc":"2.0","method":"$/progress","params":{"token":${idText(id)},"value":${value}}}`

export const creditText = (id: number, items: number): string =>
  `{"jsonrpc":"2.0","method":"$/credit","params":{"id":${id},"items":${items}}}`

export const cancelText = (id: number): string =>
  `{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":${id}}}`

/** The Model Context Protocol's way of cancelling. */
export const mcpCancelText = (id: number): string =>
  `{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":${id}}}`

export const drainingText = '{"jsonrpc":"2.0","method":"$/draining"}'

/** Takes the place of an answer that is larger than a message may be. */
export function tooLargeText(id: Id | null, limit: number): string {
  const { code, message, data } = answerOverLimit(limit)
  return errorText(id, code, message, toJson(data))
}
