import { inspect } from 'node:util'

import type { CallOptions } from '../contract/contract-types.js'
import { didYouMean } from '../errors/did-you-mean.js'

/** The longest a timer of Node's can wait; beyond it, it would fire at once. */
const longestTimer = 2 ** 31 - 1

/** A TypeError for a time that is none. */
export function wrongTime(name: string, ms: unknown): TypeError | undefined {
  if (ms === undefined || (typeof ms === 'number' && ms > 0)) return undefined
  return new TypeError(
    `The option '${name}' is ${inspect(ms)}: pass milliseconds, more than 0, or leave it out`,
  )
}

/** A timer, or none when there is no limit or one of more than 24 days. */
export function startTimer(ms: number | undefined, fire: (ms: number) => void): NodeJS.Timeout | undefined {
  return ms === undefined || ms > longestTimer ? undefined : setTimeout(fire, ms, ms)
}

/** When a call was made that has waited elsewhere before it was sent: its deadline counts from then on. */
export const since = Symbol('since')

export interface TimedOptions extends CallOptions<unknown> {
  [since]?: number
}

/** The timer of a call's deadline, or none. */
export function startDeadline(
  options: TimedOptions | undefined,
  fire: (ms: number) => void,
): NodeJS.Timeout | undefined {
  const { timeout, [since]: at } = options ?? {}
  if (timeout === undefined) return undefined
  const waited = at === undefined ? 0 : performance.now() - at
  return startTimer(Math.max(1, timeout - waited), () => fire(timeout))
}

const names: ReadonlySet<string> = new Set(['signal', 'timeout', 'idleTimeout', 'onProgress'])

/** A TypeError for options of a call that are none. */
export function wrongCallOptions(options: unknown): TypeError | undefined {
  if (options === undefined) return undefined
  if (typeof options !== 'object' || options === null)
    return new TypeError(`The options of a call are ${inspect(options)}: pass an object, or leave them out`)
  if (options instanceof AbortSignal)
    return new TypeError('The options of a call are an AbortSignal: pass it as { signal }')
  for (const name of Object.keys(options))
    if (!names.has(name))
      return new TypeError(
        `There is no option '${name}' of a call: pass any of ${[...names].join(', ')}${didYouMean(name, [...names])}`,
      )
  const { timeout, idleTimeout, signal, onProgress } = options as CallOptions<unknown>
  if (signal !== undefined && typeof (signal as Partial<AbortSignal> | null)?.addEventListener !== 'function')
    return new TypeError(`The option 'signal' is ${inspect(signal)}: pass an AbortSignal, or leave it out`)
  if (onProgress !== undefined && typeof onProgress !== 'function')
    return new TypeError(
      `The option 'onProgress' is ${inspect(onProgress)}: pass a function, or leave it out`,
    )
  return wrongTime('timeout', timeout) ?? wrongTime('idleTimeout', idleTimeout)
}
