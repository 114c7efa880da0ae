import { EventEmitter } from 'node:events'
import type { QuestionQueue } from '../ask/question-queue.js'
import type { AskOptions, Until, WaitOptions } from '../ask/until.js'
import { invalidData } from '../errors/argument-errors.js'
import { printable } from '../errors/printable.js'
import type { Exit, ExitReport, WorkerError } from '../errors/worker-error.js'
import { notRunning, stdoutClosed } from '../errors/worker-errors.js'
import { checkOptions } from '../options/option-table.js'
import { checkCallback, parseCommand, type Command } from '../process/command.js'
import { stopGraceTable, type StopGrace } from '../process/program-options.js'
import { KeepAlive } from './keep-alive.js'
import { Lifecycle } from './lifecycle.js'
import { LineDispatcher, type LineCallback } from './line-dispatcher.js'
import { WorkerLog } from './log.js'
import type { Run } from './run.js'
import { WorkerCore } from './worker-core.js'
import type { WorkerEvents } from './worker-events.js'
import { questionsTo } from './worker-questions.js'
import { workerOptionTable, type WorkerOptions } from './worker-options.js'

/**
 * A program that reads and writes lines. Each line of its stdout goes to the callback, to the `line` event, to the loops over the
 * worker and to pending questions; what is sent goes to its stdin.
 */
export class Worker
  extends EventEmitter<WorkerEvents>
  implements AsyncIterable<string>, Disposable, AsyncDisposable
{
  static #count = 0
  /** The program and its arguments. */
  readonly command: readonly [string, ...string[]]
  readonly #core: WorkerCore
  readonly #questions: QuestionQueue
  readonly #lines: LineDispatcher
  readonly #lifecycle: Lifecycle
  readonly #keepAlive: KeepAlive

  /**
   * @param command `'program arg'` (split at spaces) or `['path with space/program', 'spaced arg']`
   * @param callback called with each line; keeps the event loop alive
   * @throws TypeError for wrong arguments; never for a program that cannot be started
   */
  constructor(command: Command, options?: WorkerOptions)
  constructor(command: Command, callback?: LineCallback | null, options?: WorkerOptions)
  constructor(command: Command, callback?: LineCallback | WorkerOptions | null, options?: WorkerOptions) {
    super({ captureRejections: true })
    this.command = parseCommand(command)
    const alone = typeof callback === 'object' && callback !== null && options === undefined
    const called = alone ? undefined : checkCallback(callback)
    const checked = checkOptions(workerOptionTable, alone ? callback : options, {
      example: '{ start: false }',
    })
    const log = new WorkerLog(++Worker.#count, this.command[0], checked.verbose)
    this.#core = new WorkerCore(this, log, () => this.#changed())
    this.#questions = questionsTo(this, () => this.#run, this.#core.changed)
    this.#lines = new LineDispatcher(this.#core, this.#questions, {
      callback: called,
      trim: checked.trim ?? false,
      lossy: checked.decoder !== undefined,
    })
    this.#lifecycle = new Lifecycle(this.#core, {
      command: this.command,
      options: checked,
      lines: this.#lines,
      questions: this.#questions,
    })
    this.#keepAlive = new KeepAlive(called !== undefined, this.#core.changed)
    this.#watchListeners()
    if (checked.start !== false) this.start()
  }

  /** Whether the program runs and has not been told to stop. */
  get running(): boolean {
    return this.#run?.program.running ?? false
  }

  /** The most recent line; undefined before the first and after `stop()`. */
  get data(): string | undefined {
    return this.#lines.data
  }

  /** The process id while the program is alive. */
  get pid(): number | undefined {
    return this.#run?.program.pid
  }

  /** The text of a line that has not ended yet: a prompt, perhaps. */
  get partial(): string {
    return this.#run?.partial ?? ''
  }

  /** Bytes sent that the pipe has not taken yet. */
  get bufferedAmount(): number {
    return this.#run?.program.bufferedAmount ?? 0
  }

  /**
   * Resolves when the program has ended, everything it wrote was handed over, and no restart follows; of a worker that
   * was not started yet, after its next run. Never rejects.
   */
  get exited(): Promise<Exit> {
    this.#keepAlive.set({ exitAwaited: true })
    return this.#lifecycle.exited
  }

  /** Starts the program. Does nothing while it runs; while it stops, restarts it afterwards. */
  start(): void {
    if (this.#lifecycle.over) this.#keepAlive.set({ exitAwaited: false })
    this.#lifecycle.start()
  }

  /** Sends `String(data)` and a line end. False, and nothing is sent, when the program does not run. */
  send(data: unknown): boolean {
    const text = String(data)
    const { log } = this.#core
    if (log.verbose) log.info(this.running ? `sending: ${printable(text)}` : 'not running: nothing sent')
    return this.#run?.write(`${text}\n`) ?? false
  }

  /** Sends text or bytes as they are. False, and nothing is sent, when the program does not run. */
  write(data: string | Uint8Array): boolean {
    if (typeof data !== 'string' && !((data as unknown) instanceof Uint8Array)) throw invalidData(data)
    return this.#run?.write(data) ?? false
  }

  /** Writes what was sent in this tick at once instead of at its end, so that the program can begin while you continue. */
  flush(): void {
    this.#run?.program.flush()
  }

  /** Finds out whether the program still reads its stdin: if not, `stdin-close` is emitted. */
  probe(): void {
    this.#run?.program.probe()
  }

  /** Resolves when the pipe has taken all that was sent, or takes no more because its reader has gone. */
  drained(): Promise<void> {
    return this.#keepAlive.hold(this.#run?.program.drained() ?? Promise.resolve())
  }

  /** Sends `data` when the questions before it have settled, and resolves with the next line. */
  ask(data: unknown, options?: WaitOptions & { until?: undefined }): Promise<string>
  /** The same, and resolves with the lines up to what `until` names; see {@link Worker.until}. */
  ask(data: unknown, options: AskOptions & { until: Until }): Promise<string[]>
  async ask(data: unknown, options: AskOptions = {}): Promise<string | string[]> {
    this.#checkWaitable()
    const lines = await this.#questions.ask(data, options)
    return options.until === undefined ? (lines[0] ?? '') : lines
  }

  /**
   * Waits, without sending, for what `pattern` names, and resolves with the lines up to there. What a string names is
   * not among them; what a RegExp or a function accepted is the last of them.
   */
  async until(pattern: Until, options: WaitOptions = {}): Promise<string[]> {
    this.#checkWaitable()
    return this.#questions.until(pattern, options)
  }

  /** Gives up the places of replies that came too late: the next line belongs to the next question. */
  resync(): void {
    this.#questions.resync()
  }

  /** How the program ended, or how it is doing. */
  exitReport(): ExitReport {
    return this.#lifecycle.report()
  }

  /**
   * Ends the program: closes its input, then SIGTERM, then SIGKILL, to its whole group. Resolves when no process of the
   * group is alive. Clears `data`. Rejects with STOP_FAILED if that could not be done.
   */
  stop(grace: StopGrace = {}): Promise<Exit> {
    checkOptions(stopGraceTable, grace, { name: 'a stop' })
    this.#lines.clear()
    return this.#keepAlive.hold(this.#lifecycle.stop(grace))
  }

  /** For libraries: ends a program that does not work, as a failure, after which `restart` decides what follows. */
  fail(): Promise<void> {
    return this.#keepAlive.hold(this.#lifecycle.fail())
  }

  /** Keeps the event loop alive while the program is alive. */
  ref(): this {
    this.#keepAlive.set({ refed: true })
    return this
  }

  /** Lets the host end while the program is alive; the program is ended then. */
  unref(): this {
    this.#keepAlive.set({ refed: false })
    return this
  }

  /** The lines from now on. Several loops each see all; a slow one makes the program wait. They end with the worker. */
  [Symbol.asyncIterator](): AsyncIterableIterator<string, undefined> {
    const loop = this.#lines.loop()
    if (this.#lifecycle.over) this.#lines.endLoops()
    this.#core.changed()
    return loop
  }

  override removeAllListeners(event?: keyof WorkerEvents): this {
    if (event === undefined) super.removeAllListeners()
    else super.removeAllListeners(event)
    this.#watchListeners()
    return this
  }

  [Symbol.dispose](): void {
    this.stop().catch((error: unknown) => this.#core.report(error as WorkerError))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop()
  }

  get #run(): Run | undefined {
    return this.#lifecycle.run
  }

  #checkWaitable(): void {
    const { running = false, outputOpen = false } = this.#run?.program ?? {}
    if (running && outputOpen) return
    throw running ? stdoutClosed(this.exitReport()) : notRunning(this.exitReport())
  }

  #watchListeners(): void {
    this.#core.onListened('line', listened => {
      this.#lines.listened = listened
      this.#core.changed()
    })
  }

  #changed(): void {
    if (this.#questions.asking) this.#run?.asked()
    const waiting = this.#keepAlive.holds || this.#questions.busy
    this.#lifecycle.keepAlive(
      this.#keepAlive.isWanted(waiting || this.#lines.hasLoops || this.#lines.listened),
    )
    const program = this.#run?.program
    if (program && this.#lines.full(program.paused, waiting)) program.pause()
    else program?.resume()
  }

  /** A listener that is async and fails is reported like one that throws. */
  override [EventEmitter.captureRejectionSymbol](cause: Error, name: unknown, ..._args: unknown[]): void {
    this.#core.listenerFailed(name, cause)
  }
}
