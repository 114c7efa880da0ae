import { aborted, newPlace, tooLate, type Place } from './pending-reply.js'
import { checkWait, matches, type Until, type WaitOptions } from './until.js'
import { WorkerError } from '../errors/worker-error.js'

export interface AskOptions extends WaitOptions {
  /** What ends the reply. Default: the reply is the next line. */
  until?: Until | undefined
}

/** What a conversation needs of its worker. */
export interface ConversationIo {
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
export class Conversation {
  readonly #io: ConversationIo
  /** Not begun yet. */
  #queue: Place[] = []
  /** Begun, in the order of their replies. Only the last may still be waited for. */
  #places: Place[] = []
  /** Bytes are being handed over: what is asked now is answered by later ones. */
  #reading = false
  /** How much of the unterminated text has ended a wait and does not belong to the next. */
  #consumed = 0

  constructor(io: ConversationIo) {
    this.#io = io
  }

  /** Whether somebody waits. */
  get busy(): boolean {
    return this.#queue.length > 0 || this.#current !== undefined
  }

  /** Whether lines and unterminated text are of interest. */
  get listening(): boolean {
    return this.#places.length > 0
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
    this.#places = this.#places.filter(place => place.waiting)
  }

  /** Bytes that arrived together are handed over; lines among them answer no question that is asked meanwhile. */
  read(handOver: () => void): void {
    this.#reading = true
    try {
      handOver()
    } finally {
      this.#reading = false
    }
    for (const place of this.#places)
      if (place.early) {
        place.early = false
        this.#skipStale(place)
      }
    if (this.listening) this.text()
  }

  /** The next line. */
  line(text: string): void {
    const seen = this.#consumed > 0 ? text.slice(this.#consumed) : text
    this.#consumed = 0
    const place = this.#places[0]
    if (!place || place.early) return
    if (place.until === undefined) this.#finish(place, [seen])
    else if (this.#matches(place, seen)) this.#finish(place, typeof place.until === 'string' ? [] : [seen])
    else if (place.waiting) this.#collect(place, seen)
  }

  /** More of a line that has not ended: it may be a prompt. */
  text(): void {
    const place = this.#places[0]
    if (place?.until === undefined || place.until === '') return
    const text = this.#io.unterminated()
    const seen = text.slice(this.#consumed)
    if (seen === '' || !this.#matches(place, seen)) return
    this.#consumed = text.length
    this.#finish(place, typeof place.until === 'string' ? [] : [seen])
  }

  /** A line that was too long to be kept: the reply to a question that waits for one line. */
  skipped(error: WorkerError): void {
    this.#consumed = 0
    const place = this.#places[0]
    if (place && !place.early && place.until === undefined) this.#fail(place, error, false)
  }

  /** Nothing will come any more. */
  end(error: WorkerError): void {
    const waiting = [...this.#places, ...this.#queue]
    this.#places = []
    this.#queue = []
    this.#consumed = 0
    for (const place of waiting) {
      place.release()
      if (place.waiting) place.reject(error)
    }
    this.#io.changed()
  }

  get #current(): Place | undefined {
    const last = this.#places.at(-1)
    return last?.waiting ? last : undefined
  }

  #enqueue(question: Place['question'], until: Until | undefined, options: WaitOptions): Promise<string[]> {
    checkWait(until, options)
    return new Promise((resolve, reject) => {
      const place = newPlace(question, until, options, resolve, reject)
      const { signal } = options
      if (signal?.aborted) {
        reject(aborted(signal))
        return
      }
      if (signal) {
        const abort = (): void => this.#fail(place, aborted(signal), true)
        signal.addEventListener('abort', abort, { once: true })
        place.release = () => signal.removeEventListener('abort', abort)
      }
      this.#queue.push(place)
      this.#next()
      this.#io.changed()
    })
  }

  /** Begins the next one, if the last has settled. */
  #next(): void {
    while (this.#current === undefined) {
      const place = this.#queue.shift()
      if (!place) return
      this.#begin(place)
    }
  }

  #begin(place: Place): void {
    const { question, options } = place
    place.early = question !== undefined && this.#reading
    if (question && !place.early) this.#skipStale(place)
    if (!place.waiting) return
    this.#places.push(place)
    if (question && !this.#io.send(question.data)) {
      this.#fail(place, new WorkerError('NOT_RUNNING', 'The program takes no more input'), false)
      return
    }
    if (options.timeout !== undefined && options.timeout < 2 ** 31) {
      const timer = setTimeout(
        () => this.#fail(place, tooLate(place, this.#io.hint()), true),
        options.timeout,
      )
      const release = place.release
      place.release = () => {
        clearTimeout(timer)
        release()
      }
    }
    if (!question) this.text()
  }

  /** A prompt that is already there when a question is asked belongs to what came before. */
  #skipStale(place: Place): void {
    if (place.until === undefined || (this.#places[0] ?? place) !== place) return
    const text = this.#io.unterminated()
    const seen = text.slice(this.#consumed)
    if (seen !== '' && this.#matches(place, seen)) this.#consumed = text.length
  }

  #matches(place: Place, text: string): boolean {
    try {
      return place.until !== undefined && matches(place.until, text)
    } catch (error) {
      this.#fail(place, error, false)
      return false
    }
  }

  #collect(place: Place, line: string): void {
    place.characters += line.length + 1
    if (place.characters > largestReply) {
      place.lines = []
      const message = `The reply is longer than ${largestReply} characters and its end has not come: is 'until' right?`
      this.#fail(place, new WorkerError('LINE_TOO_LONG', message), true)
      return
    }
    place.lines.push(line)
  }

  #finish(place: Place, last: string[]): void {
    this.#giveUp(place)
    if (place.waiting) {
      place.waiting = false
      place.lines.push(...last)
      place.resolve(place.lines)
    }
    this.#next()
    this.#io.changed()
  }

  /** Settles one with an error. What was asked will probably be answered, so its place stays when `owed`. */
  #fail(place: Place, error: unknown, owed: boolean): void {
    if (!place.waiting) return
    place.waiting = false
    place.release()
    const begun = this.#places.includes(place)
    if (!begun) this.#queue = this.#queue.filter(other => other !== place)
    else if (!owed || !place.question) this.#giveUp(place)
    place.reject(error)
    this.#next()
    this.#io.changed()
  }

  #giveUp(place: Place): void {
    place.release()
    this.#places = this.#places.filter(other => other !== place)
  }
}
