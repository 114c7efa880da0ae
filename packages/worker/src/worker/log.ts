import { printable } from '../errors/printable.js'
import type { WorkerError } from '../errors/worker-error.js'

/** Where messages for people go; `console` is one. */
export interface Logger {
  info(message: string): void
  error(message: string): void
}

/** The default: stderr, so that a host's own output stays clean. */
const stderrLogger: Logger = {
  info: message => console.error(message),
  error: message => console.error(message),
}

/** The log of one worker: each message names it. */
export class WorkerLog {
  readonly #prefix: string
  readonly #logger: Logger
  /** Whether everything is logged, or only failures. */
  readonly verbose: boolean

  constructor(number: number, program: string, verbose: boolean | Logger | undefined) {
    this.#prefix = `[worker ${number} ${printable(program.split(/[/\\]/).at(-1) ?? program, 40)}] `
    this.#logger = typeof verbose === 'object' ? verbose : stderrLogger
    this.verbose = verbose !== undefined && verbose !== false
  }

  /** With `verbose` only. What a logger throws is ignored. */
  info(message: string): void {
    if (!this.verbose) return
    try {
      this.#logger.info(this.#prefix + message)
    } catch {
      // There is nowhere left to report it.
    }
  }

  /** Always: what is said although nobody asked. */
  warn(message: string): void {
    try {
      this.#logger.error(this.#prefix + message)
    } catch {
      // There is nowhere left to report it.
    }
  }

  /** Always: a failure for which there is no listener. What a callback threw comes with its stack. */
  failure({ message, cause, code }: WorkerError): void {
    const thrown = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
    this.warn(code === 'CALLBACK_FAILED' ? `${message}: ${thrown}` : message)
  }
}
