import type { Caller } from '../caller/caller.js'
import type { ForeignSpec } from '../contract/contract-spec.js'
import type { Dispatcher } from '../dispatch/dispatcher.js'
import { toJson } from '../json/to-json.js'
import { progressIn } from '../protocol/progress-token.js'

/** How a foreign program cancels calls and reports their progress; undefined for one that speaks this protocol. */
export type Foreign = Exclude<ForeignSpec, true> | undefined

/**
 * Takes the notifications that belong to calls in flight (protocol, section 4). False if the notification is not one of
 * those, or may be declared too, as in a foreign contract.
 */
export function takeReserved(
  peer: { readonly calls: Caller; readonly dispatcher: Dispatcher },
  foreign: Foreign,
  method: string,
  params: Readonly<Record<string, unknown>>,
  bytes: number,
): boolean {
  const { calls, dispatcher } = peer
  if (foreign === undefined) {
    if (!method.startsWith('$/')) return false
    if (method === '$/items') calls.items(params['id'], params['values'], bytes || toJson(params).length)
    else if (method === '$/progress') calls.progress(params)
    else if (method === '$/credit') dispatcher.credit(params['id'], params['items'])
    else if (method === '$/cancelRequest') dispatcher.cancel(params['id'])
    return true
  }
  const { cancel, progress = 'none' } = foreign
  if (typeof cancel === 'object' && method === cancel.method) dispatcher.cancel(params[cancel.param])
  if (cancel === 'lsp' && method === '$/cancelRequest') dispatcher.cancel(params['id'])
  if (cancel === 'mcp' && method === 'notifications/cancelled') dispatcher.cancel(params['requestId'])
  const reported = progress === 'none' ? undefined : progressIn(progress, method, params)
  return reported !== undefined && calls.progress(reported)
}
