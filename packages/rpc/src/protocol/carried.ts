import { toJson } from '../json/to-json.js'
import type { Id, WireMessage } from './message.js'

/** What a call tells of its caller, for tracers and logs: names and texts. */
export type Meta = Readonly<Record<string, string>>

/** What a request or notification carries besides its params. */
export interface Carried {
  readonly meta: Meta
  /** The call of this side that it serves. */
  readonly for: Id | undefined
}

/** More than this, as JSON, is refused. */
export const mostMetaBytes = 8 * 1024

const none: Meta = Object.freeze({})
export const nothingCarried: Carried = { meta: none, for: undefined }

/** What a message carries, or undefined if that is not what it may be. `for` counts only if it is a call that is open. */
export function readCarried(
  message: WireMessage,
  bytes: number,
  isOpenCall: (id: unknown) => boolean,
): Carried | undefined {
  const { meta, for: served } = message
  if (meta === undefined && served === undefined) return nothingCarried
  if (meta !== undefined && metaFault(meta) !== undefined) return undefined
  if ((bytes === 0 || bytes > mostMetaBytes) && metaBytes(meta) > mostMetaBytes) return undefined
  return { meta: (meta ?? none) as Meta, for: isOpenCall(served) ? (served as Id) : undefined }
}

/** The two as members of a message, each with a comma in front. */
export const carriedText = (meta: Meta, served: Id | undefined): string =>
  (Object.keys(meta).length === 0 ? '' : `,"meta":${toJson(meta)}`) +
  (served === undefined ? '' : `,"for":${toJson(served)}`)

export const metaBytes = (meta: unknown): number => Buffer.byteLength(toJson(meta))

/** What is wrong with something that should be meta. */
export function metaFault(meta: unknown): string | undefined {
  if (typeof meta !== 'object' || meta === null || Array.isArray(meta)) return 'must be an object of strings'
  for (const [name, value] of Object.entries(meta))
    if (typeof value !== 'string') return `must be an object of strings, and '${name}' is none`
  return undefined
}
