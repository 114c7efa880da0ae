import { offAbort, onAbort } from '../base/abort-listeners.js'
import { rejection } from '../base/rejection.js'
import { afterReading, startTimer } from '../base/timer.js'
import { WorkerError } from '../errors/worker-error.js'
import { matches, type Until } from './until.js'

/** What is waited for. */
export interface Wait {
  /** What is sent for it; undefined for a wait without a question. */
  readonly question: string | undefined
  /** What ends it; undefined where the next line is the reply. */
  readonly until: Until | undefined
  /** Milliseconds, counted from the sending. */
  readonly timeout: number | undefined
}

/** Settles the promise of a reply. */
export interface Waiter {
  resolve(lines: string[] | Promise<never>): void
  reject(error: unknown): void
}

/** A longer reply than this, in characters, is taken to have no end. */
export const largestReply = 64 * 1024 * 1024

/** A reply that is awaited, or was: one that timed out or was aborted keeps its place until it ends. */
export class PendingReply implements Wait {
  readonly question: string | undefined
  readonly until: Until | undefined
  readonly timeout: number | undefined
  /** Asked while bytes are handed over that were there before: none of them belongs to it. */
  early = false
  readonly #waiter: Waiter
  #isWaiting = true
  #lines: string[] = []
  #characters = 0
  #timer: NodeJS.Timeout | undefined
  #stopListening: (() => void) | undefined

  constructor({ question, until, timeout }: Wait, waiter: Waiter) {
    this.question = question
    this.until = until
    this.timeout = timeout
    this.#waiter = waiter
  }

  /** Whether it is still awaited. */
  get isWaiting(): boolean {
    return this.#isWaiting
  }

  /** Whether the text ends it. Throws what a function of the user's throws. */
  isEndedBy(text: string): boolean {
    return this.until !== undefined && matches(this.until, text)
  }

  /** Adds a line that does not end it. False if that makes it too long. */
  add(line: string): boolean {
    this.#characters += line.length + 1
    if (this.#characters > largestReply) return false
    this.#lines.push(line)
    return true
  }

  /** It has ended. @param end the text that ended it, which is one of its lines unless `until` named it */
  settle(end: string): void {
    this.release()
    if (!this.#isWaiting) return
    this.#isWaiting = false
    if (typeof this.until !== 'string') this.#lines.push(end)
    this.#waiter.resolve(this.#lines)
  }

  /** It is no longer awaited. */
  fail(error: unknown): void {
    this.release()
    if (!this.#isWaiting) return
    this.#isWaiting = false
    this.#lines = []
    // One of ours arose far from the question: it gets the frames of who asked.
    if (error instanceof WorkerError) this.#waiter.resolve(rejection(error))
    else this.#waiter.reject(error)
  }

  onAbort(signal: AbortSignal, aborted: () => void): void {
    onAbort(signal, aborted)
    this.#stopListening = () => offAbort(signal, aborted)
  }

  onTimeout(ms: number, late: () => void): void {
    this.#timer = startTimer(ms, () => afterReading(late))
  }

  /** Leaves no timer and no listener behind. */
  release(): void {
    clearTimeout(this.#timer)
    this.#stopListening?.()
    this.#stopListening = undefined
  }
}
