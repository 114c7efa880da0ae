/** How a program ended. Exactly one of the three is set, or `error` alone when it never began. */
export interface Exit {
  /** The exit code, or null if a signal ended it or it never began. */
  code: number | null
  /** The signal that ended it, or null. */
  signal: NodeJS.Signals | null
  /** Why it could not be started. */
  error?: WorkerError
}

/** What is known about a program that ended (or still runs: code and signal are null then). */
export interface ExitReport extends Exit {
  command: readonly string[]
  /** Milliseconds from start to exit, or till now. */
  uptime: number
  /** The last lines of stderr, if it was kept: not with `stderr: 'inherit'` or `'ignore'`. */
  stderr: string[]
  /** The last plain lines of stdout. */
  lines: string[]
  /** What may be the reason, where that can be guessed. */
  hint?: string
}

/** The codes of {@link WorkerError}. */
export type WorkerErrorCode =
  /** The program could not be started; `cause` is the system's own error. */
  | 'START_FAILED'
  /** `ask()` or `until()` was called while the program was not running. */
  | 'NOT_RUNNING'
  /** The program ended before the reply came; `report` says how. */
  | 'WORKER_EXITED'
  /** The program closed its stdout before the reply came, but is still running. */
  | 'STDOUT_CLOSED'
  /** The program closed its stdin, so that it cannot be asked, but is still running. */
  | 'STDIN_CLOSED'
  /** No reply within `timeout`. */
  | 'TIMEOUT'
  /** The `signal` was aborted. */
  | 'ABORTED'
  /** A line longer than `maxLineBytes` was skipped. */
  | 'LINE_TOO_LONG'
  /** A loop was too slow for lines that may not wait, and lost some. */
  | 'LINES_LOST'
  /** The program ended too often within `restart.withinMs` and is not restarted. */
  | 'RESTARTED_TOO_OFTEN'
  /** The program is still alive after SIGKILL. */
  | 'STOP_FAILED'
  /** A callback or a listener threw; `cause` is what it threw. */
  | 'CALLBACK_FAILED'

export interface WorkerErrorDetails {
  cause?: unknown
  shortMessage?: string
  report?: ExitReport
}

/** Every error of this package except wrong arguments, which are `TypeError`s. The message says what to do. */
export class WorkerError extends Error {
  override readonly name = 'WorkerError'
  readonly code: WorkerErrorCode
  /** How the program ended, where that is why. */
  declare readonly report?: ExitReport
  readonly #shortMessage: string | undefined

  constructor(code: WorkerErrorCode, message: string, details: WorkerErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.code = code
    this.#shortMessage = details.shortMessage
    if (details.report) this.report = details.report
  }

  /**
   * The message in one line for people outside: without the command, paths, what the program wrote, or advice. For an
   * answer to a web request, say; the `message` is for those who run the program.
   */
  get shortMessage(): string {
    return this.#shortMessage ?? this.message
  }
}
