import type { NextRun } from './lifecycle-state.js'
import type { Exit, ExitReport, WorkerError } from '../errors/worker-error.js'

/** A program that failed and is to be restarted. */
export interface Restart {
  /** How many restarts `withinMs` has seen, with this one. */
  attempt: number
  /** Milliseconds until the start. */
  delay: number
  /** How it ended. */
  report: ExitReport
}

/** The events of a worker, each with the arguments of its listeners. */
export interface WorkerEvents {
  /** The program was started. */
  start: []
  /** A new line. */
  line: [line: string]
  /** stdout has ended, perhaps while the program is still running. */
  'stdout-end': []
  /** The program no longer reads its stdin, perhaps while it is still running. Noticed when something is sent or awaited. */
  'stdin-close': []
  /** The process has exited, or could not be started; output may still come. */
  exit: [exit: Exit]
  /**
   * The run is over and everything it wrote was handed over. Once for each run. `next` says which run follows: `none`;
   * `start`, at once, because `start()` was called while this one was ending; or `restart`, after a pause, because the
   * program failed. A listener that calls `start()` or `stop()` itself changes that.
   */
  close: [report: ExitReport, next: NextRun]
  /** The program failed and will be restarted. */
  restart: [restart: Restart]
  /** The program failed more often than `restart` allows and will not be restarted. */
  'give-up': [report: ExitReport]
  /**
   * No run, and none to come: after the last `close`, when a pause before a restart is cut short, or when a run could not
   * be begun. What `exited` resolves with.
   */
  end: [exit: Exit]
  /** An error that no promise reports. Without a listener it goes to the log. */
  error: [error: WorkerError]
}
