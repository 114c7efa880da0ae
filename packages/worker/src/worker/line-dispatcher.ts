import { LastLines } from '../lines/last-lines.js'
import { LineLoop } from '../lines/line-loop.js'
import type { WorkerLog } from './log.js'
import { printable } from '../errors/printable.js'
import type { LineSink } from '../lines/split-lines.js'
import type { QuestionQueue } from '../ask/question-queue.js'
import { WorkerError } from '../errors/worker-error.js'

/** Called with each new line. */
export type LineCallback = (line: string) => unknown

/** So much may wait for a slow loop before the program has to wait. */
const loopLimit = 1024 * 1024
/** The same while a reply is waited for: it may be behind what waits. */
const waitingLoopLimit = 64 * 1024 * 1024

export interface LineDispatcherOptions {
  callback: LineCallback | undefined
  /** Strip lines, skip blank ones. */
  trim: boolean
  /** Lines that may not wait: a loop that is too slow loses some. */
  lossy: boolean
  log: WorkerLog
  questions: QuestionQueue
  /** Hands the line to the listeners of the `line` event. */
  emitLine: (line: string) => void
  report: (error: WorkerError) => void
  /** A loop has taken lines or was left. */
  changed: () => void
}

/** What has handed over lines, and knows the last ones. */
export interface LineSource {
  readonly lastLine: string | undefined
  readonly lastLines: string[]
}

/** Where each line goes: most recent value, last lines, the one who asked, callback, event, loops. */
export class LineDispatcher implements LineSink {
  readonly #options: LineDispatcherOptions
  readonly #callback: LineCallback | undefined
  readonly #verbose: boolean
  readonly #trim: boolean
  readonly #loops = new Set<LineLoop>()
  #lost = 0
  #lastLines = new LastLines()
  /** Notes the most recent lines in place of this, at less cost. */
  #source: LineSource | undefined
  #data: string | undefined
  #keepsData = true
  /** Whether the `line` event has listeners. */
  listened = false

  constructor(options: LineDispatcherOptions) {
    this.#options = options
    this.#callback = options.callback
    this.#verbose = options.log.verbose
    this.#trim = options.trim
  }

  /** A new run begins, whose lines come from `source` as they are, or from a protocol. */
  begin(source: LineSource | undefined): void {
    this.#data = this.data
    this.#source = this.#trim ? undefined : source
    this.#lastLines = new LastLines()
    this.#keepsData = true
  }

  /** Forgets the most recent line, and what comes before the next run is no longer kept. */
  clear(): void {
    this.#data = undefined
    this.#keepsData = false
  }

  /** The most recent line. */
  get data(): string | undefined {
    return this.#keepsData ? (this.#source?.lastLine ?? this.#data) : undefined
  }

  /** The last lines of this run. */
  get lastLines(): string[] {
    return this.#source?.lastLines ?? this.#lastLines.toArray()
  }

  line(text: string): void {
    if (this.#trim) {
      text = text.trim()
      if (text === '') return
    }
    if (!this.#source) {
      this.#data = text
      this.#lastLines.push(text)
    }
    if (this.#verbose) this.#options.log.info(`received: ${printable(text)}`)
    const { questions } = this.#options
    if (questions.listening) questions.line(text)
    if (this.#callback) this.#call(this.#callback, text)
    if (this.listened) this.#options.emitLine(text)
    if (this.#loops.size > 0) for (const loop of this.#loops) this.#push(loop, text)
  }

  skipped(head: Buffer, bytes: number): void {
    const error = new WorkerError(
      'LINE_TOO_LONG',
      `A line of ${bytes} bytes was skipped, which is more than maxLineBytes; it begins with: ${printable(head.toString(), 100)}`,
    )
    this.#options.questions.skipped(error)
    this.#options.report(error)
  }

  /** A loop over the lines from now on. */
  loop(): LineLoop {
    const loop = new LineLoop({
      took: () => {
        this.#reportLost()
        this.#options.changed()
      },
      left: () => {
        this.#loops.delete(loop)
        this.#options.changed()
      },
    })
    this.#loops.add(loop)
    return loop
  }

  get hasLoops(): boolean {
    return this.#loops.size > 0
  }

  /** No more lines will come. */
  endLoops(): void {
    for (const loop of this.#loops) loop.end()
    this.#loops.clear()
    this.#reportLost()
  }

  /**
   * Whether the program should wait for a loop. It goes on when half of what waited was taken.
   * @param waiting whether something is waited for that may be behind what waits
   */
  full(paused: boolean, waiting: boolean): boolean {
    if (this.#options.lossy) return false
    const limit = waiting ? waitingLoopLimit : loopLimit
    for (const loop of this.#loops) if (loop.size > (paused ? limit / 2 : limit)) return true
    return false
  }

  #push(loop: LineLoop, text: string): void {
    loop.push(text)
    if (this.#options.lossy && loop.size > loopLimit) this.#lost += loop.dropTo(loopLimit)
  }

  #reportLost(): void {
    const lost = this.#lost
    if (lost === 0) return
    this.#lost = 0
    this.#options.report(
      new WorkerError(
        'LINES_LOST',
        `A loop over the worker was too slow and lost ${lost} line${lost === 1 ? '' : 's'}: take them in a callback or in the 'line' event, which lose none`,
      ),
    )
  }

  #call(callback: LineCallback, text: string): void {
    try {
      const result = callback(text)
      if (result instanceof Promise) result.catch((cause: unknown) => this.#failed(cause))
    } catch (cause) {
      this.#failed(cause)
    }
  }

  #failed(cause: unknown): void {
    this.#options.report(new WorkerError('CALLBACK_FAILED', 'The callback threw', { cause }))
  }
}
