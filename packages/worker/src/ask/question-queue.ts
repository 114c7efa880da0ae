import { Fifo } from '../base/fifo.js'
import { invalidPattern } from '../errors/argument-errors.js'
import type { WorkerError } from '../errors/worker-error.js'
import { replyTimedOut, replyTooLong, waitAborted } from '../errors/worker-errors.js'
import { checkOptions } from '../options/option-table.js'
import { largestReply, PendingReply, type Wait } from './pending-reply.js'
import {
  askOptionTable,
  untilKind,
  waitOptionTable,
  type AskOptions,
  type Until,
  type WaitOptions,
} from './until.js'

/** How the questions reach the program. */
export interface QuestionQueueIo {
  send(data: string): boolean
  /** Why a question could not be sent. */
  refused(): WorkerError
  /** The text of the line that has not ended. */
  unterminated(): string
  /** Why nothing may have come, for errors. */
  hint(): string | undefined
  /** Called when a question was sent whose reply may take as long as it likes. */
  unlimited(): void
  /** Called when `busy` may have changed. */
  changed(): void
}

/**
 * Questions and replies, one after the other, without a process. The next question is sent when the last has settled;
 * replies belong to questions by their order alone, so one that comes late is kept from the next.
 */
export class QuestionQueue {
  readonly #io: QuestionQueueIo
  /** Not begun yet; `forgotten` of them are no longer awaited. */
  readonly #queue = new Fifo<PendingReply>()
  #forgotten = 0
  /** Begun, in the order of their replies; only the last may still be awaited. */
  #pending: PendingReply[] = []
  /** Bytes are being handed over: what is asked now is answered by later ones. */
  #reading = false
  /** How much of the unterminated text has ended a wait and does not belong to the next. */
  #consumed = 0

  constructor(io: QuestionQueueIo) {
    this.#io = io
  }

  /** Whether a reply is awaited. */
  get busy(): boolean {
    return this.#isQueued || this.#current !== undefined
  }

  /** Whether lines and unterminated text are of interest. */
  get listening(): boolean {
    return this.#pending.length > 0
  }

  /** Sends `data` when it is its turn, and resolves with the lines of the reply. */
  ask(data: unknown, options: AskOptions): Promise<string[]> {
    // Converted here: what has no text rejects this question and touches no other.
    const question = String(data)
    const { until, timeout, signal } = checkOptions(askOptionTable, options, { name: 'a question' })
    return this.#enqueue({ question, until, timeout }, signal)
  }

  /** Resolves with the lines up to the one that is waited for. */
  until(until: Until, options: WaitOptions): Promise<string[]> {
    const { timeout, signal } = checkOptions(waitOptionTable, options, { name: 'a wait' })
    if (!untilKind.fits(until)) throw invalidPattern(untilKind.expected, until)
    return this.#enqueue({ question: undefined, until, timeout }, signal)
  }

  /** Gives up the places of replies that are no longer awaited: the next line belongs to the current question. */
  resync(): void {
    this.#pending = this.#pending.filter(reply => reply.isWaiting)
  }

  /** Bytes that arrived together are handed over; lines among them answer no question that is asked meanwhile. */
  read(handOver: () => void): void {
    this.#reading = true
    try {
      handOver()
    } finally {
      this.#reading = false
    }
    for (const reply of this.#pending)
      if (reply.early) {
        reply.early = false
        this.#skipStale(reply)
      }
    if (this.listening) this.text()
  }

  /** The next line. */
  line(text: string): void {
    const seen = this.#consumed > 0 ? text.slice(this.#consumed) : text
    this.#consumed = 0
    const reply = this.#pending[0]
    if (!reply || reply.early) return
    if (reply.until === undefined || this.#isEndedBy(reply, seen)) this.#settle(reply, seen)
    else if (reply.isWaiting && !reply.add(seen)) this.#fail(reply, replyTooLong(largestReply), true)
  }

  /** More of a line that has not ended: it may be a prompt. */
  text(): void {
    const reply = this.#pending[0]
    if (reply?.until === undefined || reply.until === '') return
    const text = this.#io.unterminated()
    const seen = text.slice(this.#consumed)
    if (seen === '' || !this.#isEndedBy(reply, seen)) return
    this.#consumed = text.length
    this.#settle(reply, seen)
  }

  /** A line that was too long to be kept: the reply to a question that waits for one line. */
  skipped(error: WorkerError): void {
    this.#consumed = 0
    const reply = this.#pending[0]
    if (reply && !reply.early && reply.until === undefined) this.#fail(reply, error, false)
  }

  /** Whether a reply to a question is awaited, or will be. */
  get asking(): boolean {
    return this.#current?.question !== undefined || this.#isQueued
  }

  /** Nothing that was asked will be answered. What is waited for without a question may still come. */
  endQuestions(why: () => WorkerError): void {
    const asked = [...this.#pending, ...this.#queue].filter(({ question }) => question !== undefined)
    this.#pending = this.#pending.filter(({ question }) => question === undefined)
    this.#queue.retain(({ question, isWaiting }) => question === undefined && isWaiting)
    this.#forgotten = 0
    for (const reply of asked) reply.fail(why())
    this.#next()
    this.#io.changed()
  }

  /** No more lines will come. @param why makes each wait an error of its own, which shows where it was made */
  end(why: () => WorkerError): void {
    const waiting = [...this.#pending, ...this.#queue]
    this.#pending = []
    this.#queue.clear()
    this.#forgotten = 0
    this.#consumed = 0
    for (const reply of waiting) reply.fail(why())
    this.#io.changed()
  }

  get #isQueued(): boolean {
    return this.#queue.size > this.#forgotten
  }

  get #current(): PendingReply | undefined {
    const last = this.#pending.at(-1)
    return last?.isWaiting ? last : undefined
  }

  #enqueue(wait: Wait, signal: AbortSignal | undefined): Promise<string[]> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(waitAborted(signal))
        return
      }
      const reply = new PendingReply(wait, { resolve, reject })
      if (signal) reply.onAbort(signal, () => this.#fail(reply, waitAborted(signal), true))
      this.#queue.push(reply)
      this.#next()
      this.#io.changed()
    })
  }

  /** Begins the next one, if the last has settled. */
  #next(): void {
    while (this.#current === undefined) {
      const reply = this.#queue.shift()
      if (!reply) return
      if (reply.isWaiting) this.#begin(reply)
      else this.#forgotten--
    }
  }

  #begin(reply: PendingReply): void {
    const { question, timeout } = reply
    reply.early = question !== undefined && this.#reading
    if (question !== undefined && !reply.early) this.#skipStale(reply)
    if (!reply.isWaiting) return
    this.#pending.push(reply)
    if (question !== undefined && !this.#io.send(question)) {
      this.#giveUp(reply)
      reply.fail(this.#io.refused())
      return
    }
    if (question !== undefined && timeout === undefined) this.#io.unlimited()
    if (timeout !== undefined)
      reply.onTimeout(timeout, () =>
        this.#fail(reply, replyTimedOut(question, timeout, this.#io.hint()), true),
      )
    if (question === undefined) this.text()
  }

  /** A prompt that is already there when a question is asked belongs to what came before. */
  #skipStale(reply: PendingReply): void {
    if (reply.until === undefined || (this.#pending[0] ?? reply) !== reply) return
    const text = this.#io.unterminated()
    const seen = text.slice(this.#consumed)
    if (seen !== '' && this.#isEndedBy(reply, seen)) this.#consumed = text.length
  }

  #isEndedBy(reply: PendingReply, text: string): boolean {
    try {
      return reply.isEndedBy(text)
    } catch (error) {
      this.#fail(reply, error, false)
      return false
    }
  }

  #settle(reply: PendingReply, end: string): void {
    this.#giveUp(reply)
    reply.settle(end)
    this.#next()
    this.#io.changed()
  }

  /** Settles one with an error. What was asked will probably be answered, so its place stays when `owed`. */
  #fail(reply: PendingReply, error: unknown, owed: boolean): void {
    if (!reply.isWaiting) return
    const begun = this.#pending.includes(reply)
    if (!owed || reply.question === undefined) this.#giveUp(reply)
    reply.fail(error)
    if (!begun) this.#forget()
    this.#next()
    this.#io.changed()
  }

  /** One in the queue is no longer awaited. To take each out by itself would be quadratic when one signal aborts all. */
  #forget(): void {
    this.#forgotten++
    if (this.#forgotten < 1000 || this.#forgotten * 2 < this.#queue.size) return
    this.#queue.retain(({ isWaiting }) => isWaiting)
    this.#forgotten = 0
  }

  #giveUp(reply: PendingReply): void {
    this.#pending = this.#pending.filter(other => other !== reply)
  }
}
