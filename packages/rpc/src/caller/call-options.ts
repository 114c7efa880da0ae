import { afterReading, kinds, optionFault, startTimer, type OptionTable } from '@simple-ipc/worker'

import type { CallOptions } from '../contract/contract-types.js'
import type { Meta } from '../protocol/carried.js'
import type { Served } from './call-meta.js'

/** When a call was made that waited elsewhere before it was sent: its deadline counts from then. */
export const since = Symbol('since')

/** The signal of the handler that makes a call: it ends the call, as its own signal does. */
export const within = Symbol('within')

/** The request in whose handler a call is made. */
export const serving = Symbol('serving')

export interface TimedOptions extends CallOptions<unknown> {
  [since]?: number
  [within]?: AbortSignal
  [serving]?: Served
}

/** The timer of a call's deadline, or none. It fires when what has arrived was read. */
export function startDeadline(
  options: TimedOptions | undefined,
  fire: (ms: number) => void,
): NodeJS.Timeout | undefined {
  const { timeout, [since]: at } = options ?? {}
  if (timeout === undefined) return undefined
  const waited = at === undefined ? 0 : performance.now() - at
  return startTimer(Math.max(1, timeout - waited), () => afterReading(() => fire(timeout)))
}

export const callOptionTable = {
  signal: { kind: kinds.abortSignal },
  timeout: { kind: kinds.duration, otherwise: 'no limit' },
  idleTimeout: { kind: kinds.duration, otherwise: 'no limit' },
  onProgress: { kind: kinds.callback<(progress: unknown) => void>() },
  meta: { kind: kinds.either(kinds.object<Meta>(), kinds.nothing) },
} satisfies OptionTable<CallOptions<unknown>>

/** A TypeError for invalid options of a call. */
export function wrongCallOptions(options: unknown): TypeError | undefined {
  if (options instanceof AbortSignal)
    return new TypeError('The options of a call are an AbortSignal: pass it as { signal }')
  return optionFault<CallOptions<unknown>>(callOptionTable, options, { name: 'a call' })
}
