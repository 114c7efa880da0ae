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

/** The log of one worker: each message says which. */
export class WorkerLog {
  readonly #prefix: string
  readonly #logger: Logger
  /** Whether everything is told, or only what went wrong. */
  readonly verbose: boolean

  constructor(number: number, program: string, verbose: boolean | Logger | undefined) {
    this.#prefix = `[worker ${number} ${printable(program.split(/[/\\]/).at(-1) ?? program, 40)}] `
    this.#logger = typeof verbose === 'object' ? verbose : stderrLogger
    this.verbose = verbose !== undefined && verbose !== false
  }

  /** With `verbose` only. A logger that throws is its own problem. */
  info(message: string): void {
    if (!this.verbose) return
    try {
      this.#logger.info(this.#prefix + message)
    } catch {
      // Nobody is left to tell.
    }
  }

  /** Always: what went wrong and nobody listens for. What a callback threw comes with its stack. */
  failure({ message, cause, code }: WorkerError): void {
    const thrown = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
    try {
      this.#logger.error(this.#prefix + (code === 'CALLBACK_FAILED' ? `${message}: ${thrown}` : message))
    } catch {
      // Nobody is left to tell.
    }
  }
}
