import type { ChildProcess } from 'node:child_process'
import type { Socket } from 'node:net'
import { Deferred } from '../base/deferred.js'
import { stopFailed } from '../errors/worker-errors.js'
import { parseCommand, wasString, type Command } from './command.js'
import { environmentOf } from './environment.js'
import { exitHint } from '../errors/hints.js'
import { LastLines } from '../lines/last-lines.js'
import type { ProgramOptions, StopGrace } from './program-options.js'
import { Output } from './output.js'
import { killLeftovers, signalGroup } from './process-group.js'
import { spawnProgram } from './spawn-program.js'
import type { StartAttempt } from '../errors/resolve-program.js'
import { startError } from '../errors/start-error.js'
import { stopLadder } from './stop-ladder.js'
import { forget, watch } from './watchdog.js'
import type { Exit, ExitReport } from '../errors/worker-error.js'
import { WriteQueue } from '../write/write-queue.js'

/** Callbacks of a Program. None is called before the constructor has returned. */
export interface ProgramHandlers {
  /** The next bytes of stdout. */
  data(chunk: Buffer): void
  /** No more bytes will come: stdout has ended, or something else held it open for a second after the exit. Once. */
  end(): void
  /** The process has exited, or could not be started; output may still come. Once. */
  exit(exit: Exit): void
  /** After `exit` and `end`: the run is over. Once. */
  close(exit: Exit): void
  /** The program no longer reads its stdin. */
  broken(error: Error): void
}

/**
 * One run of a program: spawn, group, pipes, stop, exit. It knows bytes, not lines. It starts when it is made, and never
 * throws: what cannot be started exits at once, with an error.
 */
export class Program {
  readonly command: readonly [string, ...string[]]
  /** Resolves when the process has exited. */
  readonly exited: Promise<Exit>
  /** Resolves when its output has ended as well. */
  readonly closed: Promise<Exit>
  readonly #handlers: ProgramHandlers
  readonly #options: ProgramOptions
  readonly #attempt: StartAttempt
  readonly #startedAt = performance.now()
  readonly #stderrLines = new LastLines()
  readonly #child: ChildProcess | undefined
  readonly #input: WriteQueue | undefined
  readonly #output: Output
  #exit: Exit | undefined
  #uptime: number | undefined
  #stopping = false
  #finished = false
  #keptAlive = true
  #leftoversGone: Promise<void> | undefined
  readonly #exited = new Deferred<Exit>()
  readonly #closed = new Deferred<Exit>()

  constructor(command: Command, handlers: ProgramHandlers, options: ProgramOptions = {}) {
    this.command = parseCommand(command)
    this.#handlers = handlers
    this.#options = options
    this.#attempt = {
      command: this.command,
      fromString: wasString(this.command),
      cwd: options.cwd,
      env: environmentOf(options.env),
    }
    this.exited = this.#exited.promise
    this.closed = this.#closed.promise
    const child = this.#spawn()
    this.#child = child
    this.#output = new Output({
      data: chunk => handlers.data(chunk),
      end: () => handlers.end(),
      done: () => this.#finish(),
    })
    if (child?.pid === undefined || !child.stdin || !child.stdout) return
    watch(child.pid)
    this.#input = new WriteQueue(child.stdin, error => handlers.broken(error))
    this.#output.read(child.stdout)
    if (child.stderr) this.#output.drain(child.stderr, options.stderr, this.#stderrLines)
    child.on('exit', (code, signal) => this.#onExit({ code, signal }))
  }

  /** The process id while it is alive; also the id of its group. */
  get pid(): number | undefined {
    return this.#exit ? undefined : this.#child?.pid
  }

  /** Whether the process is alive and has not been told to stop. */
  get running(): boolean {
    return this.pid !== undefined && !this.#stopping
  }

  /** Whether it was told to stop. */
  get stopping(): boolean {
    return this.#stopping
  }

  /** Whether its stdout may still bring something. */
  get outputOpen(): boolean {
    return this.#output.open
  }

  /** Whether it has written nothing yet: to stdout, and to stderr as far as that is seen. */
  get silent(): boolean {
    return !this.#output.wrote && !this.#output.wroteStderr
  }

  /** Writes text (as UTF-8) or bytes. False, and nothing is done, when it cannot arrive. */
  write(data: string | Uint8Array): boolean {
    return this.running && this.#input !== undefined && this.#input.write(data)
  }

  /** Writes what was taken in this tick now, instead of at its end. */
  flush(): void {
    this.#input?.flush()
  }

  /** Finds out whether it still reads its stdin: if not, `broken` is called. */
  probe(): void {
    if (this.running) this.#input?.probe()
  }

  /** Bytes written that the pipe has not taken yet. */
  get bufferedAmount(): number {
    return this.#input?.bufferedAmount ?? 0
  }

  /** Resolves when the pipe has taken everything, or takes no more. */
  drained(): Promise<void> {
    return this.#input?.drained() ?? Promise.resolve()
  }

  /** Stops reading for now, so that the program has to wait when its pipe is full. Does nothing after the exit. */
  pause(): void {
    if (!this.#exit) this.#output.pause()
  }

  get paused(): boolean {
    return this.#output.paused
  }

  resume(): void {
    this.#output.resume()
  }

  /** Whether the event loop stays alive for this program. */
  keepAlive(alive: boolean): void {
    if (this.#finished || !this.#child || alive === this.#keptAlive) return
    this.#keptAlive = alive
    const { stdin, stdout, stderr } = this.#child
    for (const stream of [stdin, stdout, stderr] as (Socket | null | undefined)[]) {
      if (!stream || stream.destroyed) continue
      if (alive) stream.ref()
      else stream.unref()
    }
    if (alive) this.#child.ref()
    else this.#child.unref()
  }

  /**
   * Ends the program: closes its input, then SIGTERM, then SIGKILL to its group, waiting after each. Resolves when no
   * process of the group is left. Rejects with STOP_FAILED if that could not be done.
   */
  async stop(grace: StopGrace = {}): Promise<Exit> {
    const pid = this.pid
    this.#stopping = true
    if (pid !== undefined) {
      let refused: string | undefined
      const target = {
        exited: this.exited,
        endInput: () => this.#input?.end(),
        signal: (signal: 'SIGTERM' | 'SIGKILL') => {
          if (!this.#exit) refused = signalGroup(pid, signal) ?? refused
        },
      }
      if (!(await stopLadder(target, { ...this.#options.stop, ...grace }))) throw stopFailed(pid, refused)
    }
    const exit = await this.closed
    await this.#leftoversGone
    return exit
  }

  /** How it ended, or how it is doing. */
  report(lines: string[] = []): ExitReport {
    const { code = null, signal = null, error } = this.#exit ?? {}
    const { isCut, wrote } = this.#output
    const ended = { code, signal, stopped: this.#stopping, silent: !wrote, isCut }
    const hint = !this.#exit || error ? undefined : exitHint(this.#attempt, ended)
    return {
      command: this.command,
      code,
      signal,
      ...(error && { error }),
      uptime: this.#uptime ?? performance.now() - this.#startedAt,
      stderr: this.#stderrLines.toArray(),
      lines,
      ...(hint !== undefined && { hint }),
    }
  }

  #spawn(): ChildProcess | undefined {
    try {
      const child = spawnProgram(this.#attempt, this.#options.stderr)
      child.on('error', error => this.#failedToStart(error))
      return child
    } catch (error) {
      process.nextTick(() => this.#failedToStart(error))
      return undefined
    }
  }

  #failedToStart(cause: unknown): void {
    // The same event reports signals that could not be sent and messages that could not be written.
    if (this.#child?.pid !== undefined || this.#exit) return
    for (const stream of this.#child?.stdio ?? []) stream?.destroy()
    this.#onExit({ code: null, signal: null, error: startError(cause, this.#attempt) })
    this.#output.end()
  }

  #onExit(exit: Exit): void {
    if (this.#exit) return
    const pid = this.pid
    this.#exit = exit
    this.#uptime = performance.now() - this.#startedAt
    if (pid !== undefined) {
      // Now or never: when the group is empty, its id may soon belong to another one.
      if (this.#options.leftovers !== 'keep') this.#leftoversGone = killLeftovers(pid)
      forget(pid)
    }
    this.#input?.close()
    this.#exited.resolve(exit)
    this.#handlers.exit(exit)
    this.#output.programExited()
    this.#finish()
  }

  #finish(): void {
    const exit = this.#exit
    if (!exit || !this.#output.done || this.#finished) return
    this.#finished = true
    for (const stream of this.#child?.stdio ?? []) stream?.destroy()
    this.#closed.resolve(exit)
    this.#handlers.close(exit)
  }
}
