import { abortSignal, callback, either, instanceOf, milliseconds, string } from '../options/kinds.js'
import type { OptionTable } from '../options/option-table.js'

/**
 * What ends a wait. A string: a whole line equal to it or, if not empty, unterminated text equal to it (a prompt).
 * A RegExp or a function: gets each line, and the unterminated text up to 64 KiB.
 */
export type Until = string | RegExp | ((text: string) => boolean)

export interface WaitOptions {
  /** How long to wait, in milliseconds from the sending. Default: no limit. */
  timeout?: number | undefined
  /** Gives up when aborted. */
  signal?: AbortSignal | undefined
}

export interface AskOptions extends WaitOptions {
  /** What ends the reply. Default: the reply is the next line. */
  until?: Until | undefined
}

export const untilKind = either(string, instanceOf(RegExp, 'a RegExp'), callback<(text: string) => boolean>())

export const waitOptionTable = {
  timeout: { kind: milliseconds, otherwise: 'no limit' },
  signal: { kind: abortSignal },
} satisfies OptionTable<WaitOptions>

export const askOptionTable = {
  ...waitOptionTable,
  until: { kind: untilKind, otherwise: 'the reply is the next line' },
} satisfies OptionTable<AskOptions>

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
