import { printable } from '../errors/printable.js'
import type { Until, WaitOptions } from './until.js'
import { WorkerError } from '../errors/worker-error.js'

/** A reply that is waited for, or was: one that nobody waits for any more keeps its place until it ends. */
export interface PendingReply {
  question: { data: string } | undefined
  until: Until | undefined
  options: WaitOptions
  lines: string[]
  characters: number
  resolve: (lines: string[]) => void
  reject: (error: unknown) => void
  waiting: boolean
  /** Asked while bytes are handed over that were there before. */
  early: boolean
  /** Removes timer and abort listener. */
  release: () => void
}

export function newReply(
  question: PendingReply['question'],
  until: Until | undefined,
  options: WaitOptions,
  resolve: PendingReply['resolve'],
  reject: PendingReply['reject'],
): PendingReply {
  const nothing = (): void => undefined
  return {
    question,
    until,
    options,
    lines: [],
    characters: 0,
    resolve,
    reject,
    waiting: true,
    early: false,
    release: nothing,
  }
}

/** No reply in time. @param hint why nothing may have come */
export function tooLate(reply: PendingReply, hint: string | undefined): WorkerError {
  const { timeout = 0 } = reply.options
  const cure = hint === undefined ? '' : `; ${hint}`
  return new WorkerError(
    'TIMEOUT',
    reply.question
      ? `No reply to "${printable(reply.question.data, 100)}" within ${timeout} ms. Its place stays: a late reply goes to no later question, until resync()${cure}`
      : `What was waited for did not come within ${timeout} ms${cure}`,
  )
}

export function aborted(signal: AbortSignal): WorkerError {
  return new WorkerError('ABORTED', 'The wait was aborted', { cause: signal.reason })
}
