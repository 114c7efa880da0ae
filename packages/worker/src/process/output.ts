import type { Readable } from 'node:stream'
import { drainStderr } from './drain-stderr.js'
import type { LastLines } from '../lines/last-lines.js'
import type { StderrMode } from './program-options.js'

/**
 * More than any pipe can still hold when the program has exited, also where the system's buffers were raised: what comes after
 * that was written by another process.
 */
const pipeCapacity = 64 * 1024 * 1024
/** How long something else may hold the pipes open after the exit, in milliseconds. */
const grace = 1000

export interface OutputHandlers {
  data(chunk: Buffer): void
  /** stdout has ended, or is taken to have. Once. */
  end(): void
  /** stderr has ended, too. May be called more than once. */
  done(): void
}

/** What comes out of a program: read to its end, but not indefinitely when something else holds the pipes open. */
export class Output {
  readonly #handlers: OutputHandlers
  #stdout: Readable | undefined
  #stdoutEnded = false
  #stderrEnded = true
  #paused = false
  #exited = false
  #bytesAfterExit = 0
  #wrote = false
  #isCut = false
  #wroteStderr = false
  #timer: NodeJS.Timeout | undefined

  constructor(handlers: OutputHandlers) {
    this.#handlers = handlers
  }

  /** Whether stdout may still bring something. */
  get open(): boolean {
    return !this.#stdoutEnded
  }

  /** Whether stdout and stderr have ended. */
  get done(): boolean {
    return this.#stdoutEnded && this.#stderrEnded
  }

  /** Whether it was given up although more was to be read: another process writes without end. */
  get isCut(): boolean {
    return this.#isCut
  }

  /** Whether anything has arrived from stdout. */
  get wrote(): boolean {
    return this.#wrote
  }

  /** The same for stderr, which is seen only where it is a pipe. */
  get wroteStderr(): boolean {
    return this.#wroteStderr
  }

  get paused(): boolean {
    return this.#paused
  }

  read(stdout: Readable): void {
    this.#stdout = stdout
    stdout.on('data', (chunk: Buffer) => {
      if (this.#stdoutEnded) return
      this.#wrote = true
      this.#handlers.data(chunk)
      if (!this.#exited) return
      this.#bytesAfterExit += chunk.length
      if (this.#bytesAfterExit <= pipeCapacity) return
      this.#isCut = true
      this.end()
    })
    for (const event of ['end', 'close', 'error']) stdout.on(event, () => this.#endStdout())
  }

  drain(stderr: Readable, mode: StderrMode | undefined, kept: LastLines): void {
    this.#stderrEnded = false
    stderr.once('data', () => (this.#wroteStderr = true))
    drainStderr(stderr, mode, kept, () => {
      this.#stderrEnded = true
      this.#settle()
    })
  }

  pause(): void {
    if (this.#paused) return
    this.#paused = true
    this.#stdout?.pause()
  }

  resume(): void {
    if (!this.#paused) return
    this.#paused = false
    this.#stdout?.resume()
  }

  /** The pipes hold little now: it must not wait for a slow loop, and arrives within the grace. */
  programExited(): void {
    this.#exited = true
    this.resume()
    if (!this.done) this.#timer = setTimeout(() => this.#endWhenQuiet(-1), grace)
  }

  /** Regards the output as ended, even if something still holds the pipes. */
  end(): void {
    this.#stderrEnded = true
    this.#endStdout()
    this.#settle()
  }

  /** Not before what is in the pipe was read: this host may have been too busy to do so within the grace. */
  #endWhenQuiet(seen: number): void {
    if (this.done) return
    const bytes = this.#bytesAfterExit
    if (bytes === seen) this.end()
    else setImmediate(() => setImmediate(() => this.#endWhenQuiet(bytes)))
  }

  #endStdout(): void {
    if (this.#stdoutEnded) return
    this.#stdoutEnded = true
    this.#handlers.end()
    this.#settle()
  }

  #settle(): void {
    if (!this.done) return
    clearTimeout(this.#timer)
    this.#handlers.done()
  }
}
