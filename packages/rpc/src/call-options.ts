import { inspect } from 'node:util'

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
