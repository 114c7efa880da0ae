import type { QuestionQueue } from '../ask/question-queue.js'
import { longestPrompt } from '../ask/until.js'
import { describeExit } from '../errors/exit-report.js'
import { silenceHint } from '../errors/hints.js'
import type { Exit, ExitReport } from '../errors/worker-error.js'
import { stdinClosed, stdoutClosed, threw } from '../errors/worker-errors.js'
import { LineSplitter } from '../lines/split-lines.js'
import { Program } from '../process/program.js'
import { InputWatch } from './input-watch.js'
import type { LineDispatcher } from './line-dispatcher.js'
import type { WorkerCore } from './worker-core.js'
import type { Decoder, WorkerOptions } from './worker-options.js'

/** A program that has not exited this many milliseconds after the end of its stdout is taken to go on running. */
const closedGrace = 1000

/** What a run is made from. */
export interface RunOptions {
  readonly command: readonly [string, ...string[]]
  readonly options: WorkerOptions
  readonly lines: LineDispatcher
  readonly questions: QuestionQueue
}

/** Callbacks of a Run. */
export interface RunEvents {
  exited(exit: Exit): void
  closed(report: ExitReport): void
}

/** One run of a worker's program, joined with what reads its lines. A restart is a new run. */
export class Run {
  readonly program: Program
  readonly #core: WorkerCore
  readonly #from: RunOptions
  readonly #events: RunEvents
  readonly #splitter: LineSplitter | undefined
  readonly #decoder: Decoder
  #sent = false
  #received = false
  #closedTimer: NodeJS.Timeout | undefined
  readonly #input: InputWatch

  /** Throws what a decoder of the user's throws. */
  constructor(core: WorkerCore, from: RunOptions, events: RunEvents) {
    this.#core = core
    this.#from = from
    this.#events = events
    const { lines, options, command } = from
    const { decoder, maxLineBytes, stderr } = options
    if (decoder) {
      lines.begin(undefined)
      this.#decoder = decoder(lines)
    } else {
      this.#splitter = new LineSplitter(lines, maxLineBytes === undefined ? {} : { maxLineBytes })
      lines.begin(this.#splitter)
      this.#decoder = this.#splitter
    }
    const { questions } = from
    this.#input = new InputWatch({
      probe: () => this.program.probe(),
      asking: () => questions.asking,
      deaf: () => {
        const report = this.report()
        questions.endQuestions(() => stdinClosed(report))
      },
    })
    this.program = new Program(
      command,
      {
        data: chunk => this.#data(chunk),
        end: () => this.#outputEnded(),
        exit: exit => this.#exited(exit),
        close: () => this.#closed(),
        broken: error => {
          core.log.info(`it no longer reads its stdin (${error.message})`)
          this.#input.closed()
          core.emit('stdin-close')
        },
      },
      {
        ...options,
        stderr:
          typeof stderr === 'function' ? line => core.call(stderr, line, 'The callback for stderr') : stderr,
      },
    )
  }

  /** The text of the line that has not ended. */
  get partial(): string {
    return this.#splitter?.partial ?? ''
  }

  /** The same for prompts: not looked at when it is longer than any prompt. */
  get prompt(): string {
    return (this.#splitter?.partialBytes ?? 0) <= longestPrompt ? this.partial : ''
  }

  /** Why nothing may have come from a program that was sent something and runs. */
  get hint(): string | undefined {
    return this.#sent && !this.#received && this.program.running ? silenceHint(this.#from.command) : undefined
  }

  report(): ExitReport {
    const report = this.program.report(this.#from.lines.lastLines)
    const hint = report.hint ?? this.hint
    return hint === undefined ? report : { ...report, hint }
  }

  write(data: string | Uint8Array): boolean {
    if (!this.program.write(data)) return false
    if (!this.#sent && !this.#received) this.#core.silence.sent(() => this.hint)
    this.#sent = true
    return true
  }

  /** A question waits for its reply, or for its turn. */
  asked(): void {
    this.#input.begin()
  }

  /** A question without a timeout was sent. */
  awaitsReply(): void {
    if (!this.#received) this.#core.silence.waiting(() => this.#silenceOfWaiter())
  }

  /** What is said to someone who waits: nothing where stderr shows that the program is busy. */
  #silenceOfWaiter(): string | undefined {
    return this.program.silent && this.#from.questions.busy ? this.hint : undefined
  }

  #data(chunk: Buffer): void {
    const { questions, lines } = this.#from
    if (!this.#received) this.#core.silence.answered()
    this.#received = true
    questions.read(() => this.#decode(() => this.#decoder.push(chunk)))
    if (lines.hasLoops) this.#core.changed()
  }

  #outputEnded(): void {
    this.#decode(() => this.#decoder.end())
    if (this.program.pid !== undefined && this.#from.questions.busy)
      this.#closedTimer = setTimeout(() => this.#outputClosed(), closedGrace)
    this.#core.emit('stdout-end')
  }

  /** A program that ends closes its stdout first; this one did not end. */
  #outputClosed(): void {
    const report = this.report()
    this.#from.questions.end(() => stdoutClosed(report))
  }

  #exited(exit: Exit): void {
    this.#core.silence.over()
    clearTimeout(this.#closedTimer)
    this.#input.end()
    this.#core.log.info(describeExit(this.program.report()))
    this.#events.exited(exit)
  }

  #closed(): void {
    const report = this.report()
    // Of a program that did nothing, and said so by nothing, nobody would see this hint.
    if (report.code === 0 && report.hint !== undefined && this.program.silent && !this.#from.options.decoder)
      this.#core.log.warn(`it exited with code 0 and wrote nothing: ${report.hint}`)
    this.#events.closed(report)
  }

  #decode(step: () => void): void {
    try {
      step()
    } catch (cause) {
      this.#core.report(threw('The decoder', cause))
    }
  }
}
