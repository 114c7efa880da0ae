import type { ProgressStyle } from '../contract/contract-spec.js'
import { toJson } from '../json/to-json.js'
import { isId, notificationText, progressText, type Id } from './message.js'

// How a foreign program reports the progress of a call: under a token that the call's params carry. Language servers have
// it in `workDoneToken`, the Model Context Protocol in `_meta.progressToken`.

type Style = Exclude<ProgressStyle, 'none'>
type Members = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The token that params carry, if any. */
export function tokenIn(style: Style, params: unknown): Id | undefined {
  if (!isObject(params)) return undefined
  const meta = params['_meta']
  const token = style === 'lsp' ? params['workDoneToken'] : isObject(meta) ? meta['progressToken'] : undefined
  return isId(token) ? token : undefined
}

/** The same params with a token; params that are no object have no place for one. */
export function withToken(style: Style, params: unknown, token: Id): unknown {
  if (params !== undefined && !isObject(params)) return params
  if (style === 'lsp') return { ...params, workDoneToken: token }
  const meta = params?.['_meta']
  return { ...params, _meta: { ...(isObject(meta) ? meta : {}), progressToken: token } }
}

/** The token and the value of a notification that reports progress. */
export function progressIn(
  style: Style,
  method: string,
  params: Members,
): { token: unknown; value: unknown } | undefined {
  if (style === 'lsp')
    return method === '$/progress' ? { token: params['token'], value: params['value'] } : undefined
  return method === 'notifications/progress' ? { token: params['progressToken'], value: params } : undefined
}

/** The notification that reports `value`, which is JSON: for the Model Context Protocol, of an object. */
export function reportText(style: Style, token: Id, value: string): string {
  if (style === 'lsp') return progressText(token, value)
  const members = value === '{}' ? '}' : `,${value.slice(1)}`
  return notificationText('"notifications/progress"', `{"progressToken":${toJson(token)}${members}`)
}
