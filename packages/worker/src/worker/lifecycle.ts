import type { QuestionQueue } from '../ask/question-queue.js'
import { Deferred } from '../base/deferred.js'
import type { LineDispatcher } from './line-dispatcher.js'
import { commandText, describeExit } from '../errors/exit-report.js'
import type { WorkerLog } from './log.js'
import type { WorkerOptions } from './worker-options.js'
import type { StopGrace } from '../process/program-options.js'
import { RestartPolicy } from './restart-policy.js'
import { Run } from './run.js'
import { WorkerError, type Exit, type ExitReport } from '../errors/worker-error.js'
import type { WorkerEvents } from './worker-events.js'

/** What a life needs of its worker, and tells it. */
export interface LifecycleEvents {
  readonly command: readonly [string, ...string[]]
  readonly options: WorkerOptions
  readonly lines: LineDispatcher
  readonly questions: QuestionQueue
  readonly log: WorkerLog
  tell<K extends keyof WorkerEvents>(name: K, ...args: WorkerEvents[K]): void
  report(error: WorkerError): void
  /** Something has changed that decides about keeping the event loop alive and about pausing. */
  changed(): void
}

/** From start to stop: one run after the other, as start(), stop(), the restart policy and the signal have it. */
export class Lifecycle {
  readonly #owner: LifecycleEvents
  readonly #policy: RestartPolicy | undefined
  #run: Run | undefined
  #lastReport: ExitReport
  #restartTimer: NodeJS.Timeout | undefined
  /** What start() and stop() asked for last. */
  #wanted = false
  /** The program has exited, and its output may still come: start() begins another run after this one. */
  #exitTold = false
  #again = false
  #exited = new Deferred<Exit>()

  constructor(owner: LifecycleEvents) {
    this.#owner = owner
    this.#policy = owner.options.restart && new RestartPolicy(owner.options.restart)
    this.#lastReport = { command: owner.command, code: null, signal: null, uptime: 0, stderr: [], lines: [] }
  }

  /** The run whose program lives or whose output is still coming. */
  get run(): Run | undefined {
    return this.#run
  }

  /** Whether there is a run, or one to come. */
  get active(): boolean {
    return this.#run !== undefined || this.#restartTimer !== undefined
  }

  /** Whether it has ended, and nothing follows. */
  get over(): boolean {
    return this.#exited.settled
  }

  /** Resolves when it is over. */
  get exited(): Promise<Exit> {
    return this.#exited.promise
  }

  report(): ExitReport {
    return this.#run?.report() ?? this.#lastReport
  }

  keepAlive(alive: boolean): void {
    this.#run?.program.keepAlive(alive)
    if (alive) this.#restartTimer?.ref()
    else this.#restartTimer?.unref()
  }

  start(): void {
    this.#wanted = true
    if (!this.active) this.#start()
    else if (this.#exitTold) this.#again = true
  }

  stop(grace: StopGrace): Promise<Exit> {
    this.#wanted = false
    this.#again = false
    if (this.#restartTimer) {
      clearTimeout(this.#restartTimer)
      this.#restartTimer = undefined
      this.#finish()
    }
    if (!this.#run) return Promise.resolve(exitOf(this.#lastReport))
    if (this.#run.program.running) this.#owner.log.info('stopping')
    return this.#run.program.stop(grace)
  }

  #start(): void {
    const { signal } = this.#owner.options
    this.#exitTold = false
    this.#again = false
    if (this.#exited.settled) this.#exited = new Deferred()
    if (signal?.aborted) {
      this.#notStarted(
        new WorkerError('ABORTED', 'Not started: the signal was aborted', { cause: signal.reason }),
      )
      return
    }
    signal?.addEventListener('abort', this.#abort, { once: true })
    const run = this.#newRun()
    if (!run) return
    this.#run = run
    this.#owner.changed()
    if (run.program.pid === undefined) return
    this.#owner.log.info(`started ${commandText(run.program.command)} as process ${run.program.pid}`)
    this.#owner.tell('start')
  }

  /** A decoder that cannot be made is a program that cannot be started. */
  #newRun(): Run | undefined {
    try {
      const run: Run = new Run({
        ...this.#owner,
        arrived: () => this.#owner.changed(),
        outputEnded: () => this.#owner.tell('stdout-end'),
        exited: exit => {
          this.#exitTold = true
          if (exit.error) this.#owner.report(exit.error)
          this.#owner.tell('exit', exit)
        },
        closed: report => this.#closed(run, report),
        failed: error => this.#owner.report(error),
      })
      return run
    } catch (cause) {
      const error = new WorkerError('START_FAILED', 'Not started: the decoder could not be made', { cause })
      this.#owner.report(error)
      this.#notStarted(error)
      return undefined
    }
  }

  #notStarted(error: WorkerError): void {
    this.#lastReport = { ...this.#lastReport, code: null, signal: null, error }
    this.#finish()
  }

  #closed(run: Run, report: ExitReport): void {
    this.#run = undefined
    this.#lastReport = report
    this.#owner.questions.end(
      new WorkerError('WORKER_EXITED', `No reply: ${report.error?.message ?? describeExit(report)}`, {
        report,
      }),
    )
    this.#owner.tell('close', report)
    // A listener may have started it again.
    if (this.active) return
    if (this.#wanted && (run.program.stopping || this.#again)) this.#start()
    else if (!this.#wanted || !this.#restart(report)) this.#finish()
  }

  /** Whether a restart follows. */
  #restart(report: ExitReport): boolean {
    const policy = this.#policy
    // What could not be started now cannot be started in a second, unless the system was short of something.
    if (!policy?.wants(report) || (report.error && !isTransient(report.error))) return false
    const delay = policy.next(performance.now())
    if (delay === undefined) {
      this.#owner.tell('give-up', report)
      this.#owner.report(
        new WorkerError('RESTARTED_TOO_OFTEN', `${describeExit(report)}, and too often: not started again`, {
          report,
        }),
      )
      return false
    }
    this.#owner.log.info(`starting again in ${Math.round(delay)} ms`)
    this.#restartTimer = setTimeout(() => {
      this.#restartTimer = undefined
      this.#start()
    }, delay)
    this.#owner.changed()
    this.#owner.tell('restart', { attempt: policy.count, delay, report })
    return true
  }

  /** It is over, and nothing follows unless start() is called. */
  #finish(): void {
    // A listener that was told of giving up may have done so.
    if (this.active) return
    this.#wanted = false
    this.#owner.options.signal?.removeEventListener('abort', this.#abort)
    this.#owner.lines.endLoops()
    this.#exited.resolve(exitOf(this.#lastReport))
  }

  readonly #abort = (): void => {
    this.#owner.log.info('aborted')
    this.stop({}).catch((error: unknown) => this.#owner.report(error as WorkerError))
  }
}

function exitOf({ code, signal, error }: ExitReport): Exit {
  return { code, signal, ...(error && { error }) }
}

function isTransient(error: WorkerError): boolean {
  return ['EAGAIN', 'EMFILE', 'ENFILE', 'ENOMEM', 'ETXTBSY'].includes(
    (error.cause as NodeJS.ErrnoException).code ?? '',
  )
}
