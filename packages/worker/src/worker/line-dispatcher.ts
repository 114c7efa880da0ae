import type { QuestionQueue } from '../ask/question-queue.js'
import { printable } from '../errors/printable.js'
import { lineTooLong, linesLost } from '../errors/worker-errors.js'
import { LastLines } from '../lines/last-lines.js'
import { LineLoop } from '../lines/line-loop.js'
import type { LineSink } from '../lines/split-lines.js'
import type { WorkerCore } from './worker-core.js'

/** Called with each new line. */
export type LineCallback = (line: string) => unknown

/** This much may wait for a slow loop before the program has to wait. */
const loopLimit = 1024 * 1024
/** The same while a reply is waited for: it may be behind what waits. */
const waitingLoopLimit = 64 * 1024 * 1024

export interface LineDispatcherOptions {
  callback: LineCallback | undefined
  /** Strip lines, skip blank ones. */
  trim: boolean
  /** Lines that may not wait: a loop that is too slow loses some. */
  lossy: boolean
}

/** Where lines come from, if it remembers the last ones. */
export interface LineSource {
  readonly lastLine: string | undefined
  readonly lastLines: string[]
}

/** Where each line goes: most recent value, last lines, the one who asked, callback, event, loops. */
export class LineDispatcher implements LineSink {
  readonly #core: WorkerCore
  readonly #questions: QuestionQueue
  readonly #callback: LineCallback | undefined
  readonly #verbose: boolean
  readonly #trim: boolean
  readonly #lossy: boolean
  readonly #loops = new Set<LineLoop>()
  #lost = 0
  #lastLines = new LastLines()
  /** Notes the most recent lines in place of this, at less cost. */
  #source: LineSource | undefined
  #data: string | undefined
  #keepsData = true
  /** Whether the `line` event has listeners. */
  listened = false

  constructor(core: WorkerCore, questions: QuestionQueue, options: LineDispatcherOptions) {
    this.#core = core
    this.#questions = questions
    this.#callback = options.callback
    this.#verbose = core.log.verbose
    this.#trim = options.trim
    this.#lossy = options.lossy
  }

  /** A new run begins, whose lines come from `source` as they are, or from a protocol. */
  begin(source: LineSource | undefined): void {
    this.#data = this.data
    this.#source = this.#trim ? undefined : source
    this.#lastLines = new LastLines()
    this.#keepsData = true
  }

  /** Forgets the most recent line, and keeps none until the next run. */
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
    if (this.#verbose) this.#core.log.info(`received: ${printable(text)}`)
    if (this.#questions.listening) this.#questions.line(text)
    if (this.#callback) this.#core.call(this.#callback, text, 'The callback')
    if (this.listened) this.#core.emit('line', text)
    if (this.#loops.size > 0) for (const loop of this.#loops) this.#push(loop, text)
  }

  skipped(head: Buffer, bytes: number): void {
    const error = lineTooLong(head, bytes)
    this.#questions.skipped(error)
    this.#core.report(error)
  }

  /** A loop over the lines from now on. */
  loop(): LineLoop {
    const loop = new LineLoop({
      took: () => {
        this.#reportLost()
        this.#core.changed()
      },
      left: () => {
        this.#loops.delete(loop)
        this.#core.changed()
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
   * Whether the program should wait for a loop. It continues when half of what waited was taken.
   * @param waiting whether something is waited for that may be behind what waits
   */
  full(paused: boolean, waiting: boolean): boolean {
    if (this.#lossy) return false
    const limit = waiting ? waitingLoopLimit : loopLimit
    for (const loop of this.#loops) if (loop.size > (paused ? limit / 2 : limit)) return true
    return false
  }

  #push(loop: LineLoop, text: string): void {
    loop.push(text)
    if (this.#lossy && loop.size > loopLimit) this.#lost += loop.dropTo(loopLimit)
  }

  #reportLost(): void {
    const lost = this.#lost
    if (lost === 0) return
    this.#lost = 0
    this.#core.report(linesLost(lost))
  }
}
