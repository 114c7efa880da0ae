import type { ChildProcess } from 'node:child_process'
import type { Socket } from 'node:net'
import type { Readable } from 'node:stream'
import { parseCommand, type Command } from './command.js'
import { drainStderr } from './drain-stderr.js'
import { environmentOf } from './environment.js'
import type { Exit, ExitReport } from './exit-report.js'
import { exitHint } from './hints.js'
import { LastLines } from './last-lines.js'
import type { ProgramOptions, StopGrace } from './options.js'
import { killLeftovers, signalGroup } from './process-group.js'
import { spawnProgram } from './spawn-program.js'
import { startError, type StartAttempt } from './start-error.js'
import { stopLadder } from './stop-ladder.js'
import { forget, watch } from './watchdog.js'
import { WorkerError } from './worker-error.js'
import { WriteQueue } from './write-queue.js'

/** What a program tells. Nothing is told before the constructor has returned. */
export interface ProgramHandlers {
  /** The next bytes of stdout. */
  data(chunk: Buffer): void
  /** No more bytes will come: stdout has ended, or something else held it open for a second after the exit. Once. */
  end(): void
  /** The process has exited, or could not be started; output may still come. Once. */
  exit(exit: Exit): void
  /** After `exit` and `end`: the run is over. Once. */
  close(exit: Exit): void
  /** The program reads its stdin no more. */
  broken(error: Error): void
}

/** The most that a pipe can still hold when the program has exited; what comes after that comes from somebody else. */
const pipeCapacity = 1024 * 1024
/** How long something else may hold stdout open after the exit, in milliseconds. */
const closeGrace = 1000

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
  readonly #output: Readable | undefined
  #exit: Exit | undefined
  #uptime: number | undefined
  #ended = false
  #stderrEnded: boolean
  #stopping = false
  #paused = false
  #finished = false
  #keptAlive = true
  #bytesAfterExit = 0
  #leftoversGone: Promise<void> | undefined
  #setExited!: (exit: Exit) => void
  #setClosed!: (exit: Exit) => void

  constructor(command: Command, handlers: ProgramHandlers, options: ProgramOptions = {}) {
    this.command = parseCommand(command)
    this.#handlers = handlers
    this.#options = options
    this.#attempt = { command: this.command, cwd: options.cwd, env: environmentOf(options.env) }
    this.exited = new Promise(resolve => (this.#setExited = resolve))
    this.closed = new Promise(resolve => (this.#setClosed = resolve))
    const child = this.#spawn()
    this.#child = child
    this.#stderrEnded = !child?.stderr
    if (child?.pid === undefined || !child.stdin || !child.stdout) return
    watch(child.pid)
    this.#input = new WriteQueue(child.stdin, error => handlers.broken(error))
    this.#output = child.stdout
    this.#readOutput(child.stdout)
    if (child.stderr)
      drainStderr(child.stderr, options.stderr, this.#stderrLines, () => {
        this.#stderrEnded = true
        this.#finish()
      })
    child.on('exit', (code, signal) => this.#onExit({ code, signal }))
  }

  /** The process id while it lives; also the number of its group. */
  get pid(): number | undefined {
    return this.#exit ? undefined : this.#child?.pid
  }

  /** Whether the process lives and has not been told to stop. */
  get running(): boolean {
    return this.pid !== undefined && !this.#stopping
  }

  /** Whether it was told to stop. */
  get stopping(): boolean {
    return this.#stopping
  }

  /** Whether its stdout may still bring something. */
  get outputOpen(): boolean {
    return !this.#ended
  }

  /** Writes text (as UTF-8) or bytes. False, and nothing is done, when it cannot arrive. */
  write(data: string | Uint8Array): boolean {
    return this.running && this.#input !== undefined && this.#input.write(data)
  }

  /** Bytes written that the pipe has not taken yet. */
  get bufferedAmount(): number {
    return this.#input?.bufferedAmount ?? 0
  }

  /** Resolves when the pipe has taken everything, or takes no more. */
  drained(): Promise<void> {
    return this.#input?.drained() ?? Promise.resolve()
  }

  /** Reads no more for now, so that the program has to wait when its pipe is full. After the exit it does nothing. */
  pause(): void {
    if (this.#paused || this.#exit) return
    this.#paused = true
    this.#output?.pause()
  }

  get paused(): boolean {
    return this.#paused
  }

  resume(): void {
    if (!this.#paused) return
    this.#paused = false
    this.#output?.resume()
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
      if (!(await stopLadder(target, { ...this.#options.stop, ...grace })))
        throw new WorkerError(
          'STOP_FAILED',
          `Process ${pid} is alive after SIGKILL${refused === undefined ? ': it waits inside the system' : `, which was refused (${refused}): it belongs to another user`}`,
        )
    }
    const exit = await this.closed
    await this.#leftoversGone
    return exit
  }

  /** How it ended, or how it is doing. */
  report(lines: string[] = []): ExitReport {
    const { code = null, signal = null, error } = this.#exit ?? {}
    const hint =
      !this.#exit || error
        ? undefined
        : exitHint({ attempt: this.#attempt, code, signal, stopped: this.#stopping })
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
    // The same event tells of signals that could not be sent and messages that could not be written.
    if (this.#child?.pid !== undefined || this.#exit) return
    for (const stream of this.#child?.stdio ?? []) stream?.destroy()
    this.#onExit({ code: null, signal: null, error: startError(cause, this.#attempt) })
    this.#endOutput()
  }

  #readOutput(output: Readable): void {
    output.on('data', (chunk: Buffer) => {
      if (this.#ended) return
      this.#handlers.data(chunk)
      if (!this.#exit) return
      this.#bytesAfterExit += chunk.length
      if (this.#bytesAfterExit > pipeCapacity) this.#endOutput()
    })
    output.on('error', () => this.#onEnd())
    output.on('close', () => this.#onEnd())
    output.on('end', () => this.#onEnd())
  }

  #onExit(exit: Exit): void {
    if (this.#exit) return
    const pid = this.pid
    this.#exit = exit
    this.#uptime = performance.now() - this.#startedAt
    if (pid !== undefined) {
      // Now or never: when the group is empty, its number may soon be somebody else's.
      if (this.#options.leftovers !== 'keep') this.#leftoversGone = killLeftovers(pid)
      forget(pid)
    }
    this.#input?.close()
    // What the pipe still holds is little and must not wait for a slow loop.
    this.#paused = false
    this.#output?.resume()
    this.#setExited(exit)
    this.#handlers.exit(exit)
    this.#finish()
    if (!exit.error) this.#awaitEnd()
  }

  /** Something else may hold stdout open, for ever. But what is in the pipe is read, also when this host is slow. */
  #awaitEnd(): void {
    if (this.#finished) return
    const timer = setTimeout(() => {
      let seen = -1
      const look = (): void => {
        if (this.#bytesAfterExit === seen) {
          this.#endOutput()
          return
        }
        if (this.#finished) return
        seen = this.#bytesAfterExit
        setImmediate(() => setImmediate(look))
      }
      look()
    }, closeGrace)
    void this.closed.then(() => clearTimeout(timer))
  }

  #endOutput(): void {
    this.#stderrEnded = true
    this.#onEnd()
    this.#finish()
  }

  #onEnd(): void {
    if (this.#ended) return
    this.#ended = true
    this.#handlers.end()
    this.#finish()
  }

  #finish(): void {
    const exit = this.#exit
    if (!exit || !this.#ended || !this.#stderrEnded || this.#finished) return
    this.#finished = true
    for (const stream of this.#child?.stdio ?? []) stream?.destroy()
    this.#setClosed(exit)
    this.#handlers.close(exit)
  }
}
