import type { QuestionQueue } from '../ask/question-queue.js'
import type { LineDispatcher } from './line-dispatcher.js'
import { describeExit } from '../errors/exit-report.js'
import { silenceHint } from '../errors/hints.js'
import type { WorkerLog } from './log.js'
import type { Decoder, WorkerOptions } from './worker-options.js'
import { Program } from '../process/program.js'
import { LineSplitter } from '../lines/split-lines.js'
import { longestPrompt } from '../ask/until.js'
import { WorkerError, type Exit, type ExitReport } from '../errors/worker-error.js'

/** After so many milliseconds without any output, `verbose` says what may be the reason. */
const silence = 3000

/** So many milliseconds after the end of stdout a program that has not exited is taken to live on. */
const closedGrace = 1000

/** What a run needs of its worker, and tells it. */
export interface RunEvents {
  readonly command: readonly [string, ...string[]]
  readonly options: WorkerOptions
  readonly lines: LineDispatcher
  readonly questions: QuestionQueue
  readonly log: WorkerLog
  /** Bytes have arrived and were handed on, and loops may have enough. */
  arrived(): void
  outputEnded(): void
  exited(exit: Exit): void
  closed(report: ExitReport): void
  failed(error: WorkerError): void
}

/** One run of a worker's program, joined with what reads its lines. A restart is a new run. */
export class Run {
  readonly program: Program
  readonly #owner: RunEvents
  readonly #splitter: LineSplitter | undefined
  readonly #decoder: Decoder
  #sent = false
  #received = false
  #silenceTimer: NodeJS.Timeout | undefined
  #closedTimer: NodeJS.Timeout | undefined

  constructor(owner: RunEvents) {
    this.#owner = owner
    const { lines, options, command } = owner
    const { decoder, maxLineBytes, stderr } = options
    this.#splitter = decoder ? undefined : new LineSplitter(lines, maxLineBytes ? { maxLineBytes } : {})
    lines.begin(this.#splitter)
    this.#decoder = this.#splitter ?? this.#made(decoder)
    this.program = new Program(
      command,
      {
        data: chunk => this.#data(chunk),
        end: () => this.#outputEnded(),
        exit: exit => this.#exited(exit),
        close: () => owner.closed(this.report()),
        broken: error => owner.log.info(`it reads its stdin no more (${error.message})`),
      },
      { ...options, stderr: typeof stderr === 'function' ? line => this.#stderr(stderr, line) : stderr },
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

  /** Why nothing may have come from a program that was sent something and lives. */
  get hint(): string | undefined {
    return this.#sent && !this.#received && this.program.running
      ? silenceHint(this.#owner.command)
      : undefined
  }

  report(): ExitReport {
    const report = this.program.report(this.#owner.lines.lastLines)
    const hint = report.hint ?? this.hint
    return hint === undefined ? report : { ...report, hint }
  }

  write(data: string | Uint8Array): boolean {
    if (!this.program.write(data)) return false
    if (!this.#sent && !this.#received && this.#owner.log.verbose)
      this.#silenceTimer = setTimeout(
        () => this.hint !== undefined && this.#owner.log.info(`no output yet: ${this.hint}`),
        silence,
      ).unref()
    this.#sent = true
    return true
  }

  #made(make: WorkerOptions['decoder']): Decoder {
    if (!make) throw new TypeError('no decoder')
    return make(this.#owner.lines)
  }

  #data(chunk: Buffer): void {
    const { questions, lines } = this.#owner
    this.#received = true
    clearTimeout(this.#silenceTimer)
    questions.read(() => this.#decode(() => this.#decoder.push(chunk)))
    if (lines.hasLoops) this.#owner.arrived()
  }

  #outputEnded(): void {
    this.#decode(() => this.#decoder.end())
    if (this.program.pid !== undefined && this.#owner.questions.busy)
      this.#closedTimer = setTimeout(() => this.#outputClosed(), closedGrace)
    this.#owner.outputEnded()
  }

  /** A program that ends closes its stdout first; this one did not end. */
  #outputClosed(): void {
    const message = `${this.#owner.command[0]} closed its stdout, and lives: no reply can come`
    this.#owner.questions.end(new WorkerError('STDOUT_CLOSED', message, { report: this.report() }))
  }

  #exited(exit: Exit): void {
    clearTimeout(this.#silenceTimer)
    clearTimeout(this.#closedTimer)
    this.#owner.log.info(describeExit(this.program.report()))
    this.#owner.exited(exit)
  }

  #stderr(callback: (line: string) => unknown, line: string): void {
    const failed = (cause: unknown): void =>
      this.#owner.failed(new WorkerError('CALLBACK_FAILED', 'The callback for stderr threw', { cause }))
    try {
      const result = callback(line)
      if (result instanceof Promise) result.catch(failed)
    } catch (cause) {
      failed(cause)
    }
  }

  #decode(step: () => void): void {
    try {
      step()
    } catch (cause) {
      this.#owner.failed(new WorkerError('CALLBACK_FAILED', 'The decoder threw', { cause }))
    }
  }
}
