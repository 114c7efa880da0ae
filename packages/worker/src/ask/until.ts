import { describeValue } from '../errors/describe-value.js'

/**
 * What ends a wait. A string: a whole line equal to it or, if not empty, unterminated text equal to it (a prompt).
 * A RegExp or a function: gets each line, and the unterminated text up to 64 KiB.
 */
export type Until = string | RegExp | ((text: string) => boolean)

export interface WaitOptions {
  /** Milliseconds to wait, counted from the sending. Default: no limit. */
  timeout?: number | undefined
  /** Gives up when aborted. */
  signal?: AbortSignal | undefined
}

/** Unterminated text is looked at up to this length: looking at a growing one again and again is not linear. */
export const longestPrompt = 64 * 1024

/** Whether the text is what ends the wait. */
export function matches(until: Until, text: string): boolean {
  if (typeof until === 'string') return text === until
  if (typeof until === 'function') return until(text)
  // A global or sticky one remembers where it was.
  until.lastIndex = 0
  return until.test(text)
}

/** Throws a TypeError for options that are none. */
export function checkWait(until: unknown, { timeout, signal }: WaitOptions): void {
  if (
    until !== undefined &&
    typeof until !== 'string' &&
    typeof until !== 'function' &&
    !(until instanceof RegExp)
  )
    throw new TypeError(
      `The option 'until' is ${describeValue(until)}: pass a string, a RegExp or a function`,
    )
  if (timeout !== undefined && !(timeout >= 0))
    throw new TypeError(`The option 'timeout' must be milliseconds, 0 or more`)
  if (signal !== undefined && !(signal instanceof AbortSignal))
    throw new TypeError(`The option 'signal' is ${describeValue(signal)}: pass an AbortSignal`)
}
