import { aborted, newReply, tooLate, type PendingReply } from './pending-reply.js'
import { checkWait, matches, type Until, type WaitOptions } from './until.js'
import { WorkerError } from '../errors/worker-error.js'

export interface AskOptions extends WaitOptions {
  /** What ends the reply. Default: the reply is the next line. */
  until?: Until | undefined
}

/** What the questions need of their worker. */
export interface QuestionQueueIo {
  send(data: string): boolean
  /** The text of the line that has not ended. */
  unterminated(): string
  /** Why nothing may have come, for errors. */
  hint(): string | undefined
  /** Tells that `busy` may have changed. */
  changed(): void
}

/** A reply may have so many characters. */
const largestReply = 64 * 1024 * 1024

/**
 * Questions and replies, one after the other, without a process. The next question is sent when the last has settled;
 * replies belong to questions by their order alone, so one that comes late is kept from the next.
 */
export class QuestionQueue {
  readonly #io: QuestionQueueIo
  /** Not begun yet. */
  #queue: PendingReply[] = []
  /** Begun, in the order of their replies. Only the last may still be waited for. */
  #pending: PendingReply[] = []
  /** Bytes are being handed over: what is asked now is answered by later ones. */
  #reading = false
  /** How much of the unterminated text has ended a wait and does not belong to the next. */
  #consumed = 0

  constructor(io: QuestionQueueIo) {
    this.#io = io
  }

  /** Whether somebody waits. */
  get busy(): boolean {
    return this.#queue.length > 0 || this.#current !== undefined
  }

  /** Whether lines and unterminated text are of interest. */
  get listening(): boolean {
    return this.#pending.length > 0
  }

  /** Sends `data` when it is its turn, and resolves with the lines of the reply. */
  ask(data: unknown, { until, ...options }: AskOptions): Promise<string[]> {
    // Converted here: what has no text rejects this question and touches no other.
    return this.#enqueue({ data: String(data) }, until, options)
  }

  /** Resolves with the lines up to the one that is waited for. */
  until(until: Until, options: WaitOptions): Promise<string[]> {
    return this.#enqueue(undefined, until, options)
  }

  /** Gives up the places of replies that nobody waits for any more: the next line belongs to the current question. */
  resync(): void {
    this.#pending = this.#pending.filter(reply => reply.waiting)
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
    if (reply.until === undefined) this.#finish(reply, [seen])
    else if (this.#matches(reply, seen)) this.#finish(reply, typeof reply.until === 'string' ? [] : [seen])
    else if (reply.waiting) this.#collect(reply, seen)
  }

  /** More of a line that has not ended: it may be a prompt. */
  text(): void {
    const reply = this.#pending[0]
    if (reply?.until === undefined || reply.until === '') return
    const text = this.#io.unterminated()
    const seen = text.slice(this.#consumed)
    if (seen === '' || !this.#matches(reply, seen)) return
    this.#consumed = text.length
    this.#finish(reply, typeof reply.until === 'string' ? [] : [seen])
  }

  /** A line that was too long to be kept: the reply to a question that waits for one line. */
  skipped(error: WorkerError): void {
    this.#consumed = 0
    const reply = this.#pending[0]
    if (reply && !reply.early && reply.until === undefined) this.#fail(reply, error, false)
  }

  /** Nothing will come any more. */
  end(error: WorkerError): void {
    const waiting = [...this.#pending, ...this.#queue]
    this.#pending = []
    this.#queue = []
    this.#consumed = 0
    for (const reply of waiting) {
      reply.release()
      if (reply.waiting) reply.reject(error)
    }
    this.#io.changed()
  }

  get #current(): PendingReply | undefined {
    const last = this.#pending.at(-1)
    return last?.waiting ? last : undefined
  }

  #enqueue(
    question: PendingReply['question'],
    until: Until | undefined,
    options: WaitOptions,
  ): Promise<string[]> {
    checkWait(until, options)
    return new Promise((resolve, reject) => {
      const reply = newReply(question, until, options, resolve, reject)
      const { signal } = options
      if (signal?.aborted) {
        reject(aborted(signal))
        return
      }
      if (signal) {
        const abort = (): void => this.#fail(reply, aborted(signal), true)
        signal.addEventListener('abort', abort, { once: true })
        reply.release = () => signal.removeEventListener('abort', abort)
      }
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
      this.#begin(reply)
    }
  }

  #begin(reply: PendingReply): void {
    const { question, options } = reply
    reply.early = question !== undefined && this.#reading
    if (question && !reply.early) this.#skipStale(reply)
    if (!reply.waiting) return
    this.#pending.push(reply)
    if (question && !this.#io.send(question.data)) {
      this.#fail(reply, new WorkerError('NOT_RUNNING', 'The program takes no more input'), false)
      return
    }
    if (options.timeout !== undefined && options.timeout < 2 ** 31) {
      const timer = setTimeout(
        () => this.#fail(reply, tooLate(reply, this.#io.hint()), true),
        options.timeout,
      )
      const release = reply.release
      reply.release = () => {
        clearTimeout(timer)
        release()
      }
    }
    if (!question) this.text()
  }

  /** A prompt that is already there when a question is asked belongs to what came before. */
  #skipStale(reply: PendingReply): void {
    if (reply.until === undefined || (this.#pending[0] ?? reply) !== reply) return
    const text = this.#io.unterminated()
    const seen = text.slice(this.#consumed)
    if (seen !== '' && this.#matches(reply, seen)) this.#consumed = text.length
  }

  #matches(reply: PendingReply, text: string): boolean {
    try {
      return reply.until !== undefined && matches(reply.until, text)
    } catch (error) {
      this.#fail(reply, error, false)
      return false
    }
  }

  #collect(reply: PendingReply, line: string): void {
    reply.characters += line.length + 1
    if (reply.characters > largestReply) {
      reply.lines = []
      const message = `The reply is longer than ${largestReply} characters and its end has not come: is 'until' right?`
      this.#fail(reply, new WorkerError('LINE_TOO_LONG', message), true)
      return
    }
    reply.lines.push(line)
  }

  #finish(reply: PendingReply, last: string[]): void {
    this.#giveUp(reply)
    if (reply.waiting) {
      reply.waiting = false
      reply.lines.push(...last)
      reply.resolve(reply.lines)
    }
    this.#next()
    this.#io.changed()
  }

  /** Settles one with an error. What was asked will probably be answered, so its place stays when `owed`. */
  #fail(reply: PendingReply, error: unknown, owed: boolean): void {
    if (!reply.waiting) return
    reply.waiting = false
    reply.release()
    const begun = this.#pending.includes(reply)
    if (!begun) this.#queue = this.#queue.filter(other => other !== reply)
    else if (!owed || !reply.question) this.#giveUp(reply)
    reply.reject(error)
    this.#next()
    this.#io.changed()
  }

  #giveUp(reply: PendingReply): void {
    reply.release()
    this.#pending = this.#pending.filter(other => other !== reply)
  }
}
