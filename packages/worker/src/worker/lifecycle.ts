import { offAbort, onAbort } from '../base/abort-listeners.js'
import { Deferred } from '../base/deferred.js'
import { commandText } from '../errors/exit-report.js'
import type { Exit, ExitReport, WorkerError } from '../errors/worker-error.js'
import { exitedBeforeReply, noDecoder, restartedTooOften, startAborted } from '../errors/worker-errors.js'
import type { StopGrace } from '../process/program-options.js'
import {
  nextRun,
  transition,
  type LifecycleEvent,
  type LifecycleState,
  type Verdict,
} from './lifecycle-state.js'
import { Run, type RunOptions } from './run.js'
import { Supervisor, type Decision } from './supervisor.js'
import type { WorkerCore } from './worker-core.js'

/**
 * From start to stop: one run after the other, as start(), stop(), the supervisor and the signal have it. What
 * follows what is in lifecycle-state.ts; here are the runs, the timers and the events.
 */
export class Lifecycle {
  readonly #core: WorkerCore
  readonly #from: RunOptions
  readonly #supervisor: Supervisor
  #state: LifecycleState = 'idle'
  #run: Run | undefined
  #lastReport: ExitReport
  /** What follows the run that has ended by itself. */
  #decision: Decision = { then: 'none' }
  #restartTimer: NodeJS.Timeout | undefined
  #exited = new Deferred<Exit>()

  constructor(core: WorkerCore, from: RunOptions) {
    this.#core = core
    this.#from = from
    this.#supervisor = new Supervisor(from.options.restart)
    this.#lastReport = { command: from.command, code: null, signal: null, uptime: 0, stderr: [], lines: [] }
  }

  /** The run whose program is alive or whose output is still coming. */
  get run(): Run | undefined {
    return this.#run
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
    this.#supervisor.byHand()
    this.#on('start')
  }

  stop(grace: StopGrace): Promise<Exit> {
    this.#on('stop')
    if (!this.#run) return Promise.resolve(exitOf(this.#lastReport))
    if (this.#run.program.running) this.#core.log.info('stopping')
    return this.#run.program.stop(grace)
  }

  /** Ends a run that has failed: what follows is what follows a program that fails. */
  async fail(): Promise<void> {
    const run = this.#run
    this.#on('fail')
    if (run === undefined) return
    if (run.program.running) this.#core.log.info('stopping: it has failed')
    await run.program.stop()
  }

  #on(event: LifecycleEvent, verdict?: () => Verdict): void {
    const { state, action } = transition(this.#state, event, verdict)
    this.#state = state
    switch (action) {
      case 'begin':
        this.#begin()
        break
      case 'schedule':
        this.#schedule()
        break
      case 'give-up':
        this.#giveUp()
        break
      case 'finish':
        this.#finish()
    }
  }

  #begin(): void {
    const { signal } = this.#from.options
    this.#clearRestart()
    if (this.#exited.settled) this.#exited = new Deferred()
    if (signal?.aborted) {
      this.#notStarted(startAborted(signal))
      return
    }
    if (signal) onAbort(signal, this.#abort)
    const run = this.#newRun()
    if (!run) return
    this.#run = run
    this.#core.changed()
    if (run.program.pid === undefined) return
    this.#core.log.info(`started ${commandText(run.program.command)} as process ${run.program.pid}`)
    this.#core.emit('start')
  }

  /** A decoder that cannot be made is a program that cannot be started. */
  #newRun(): Run | undefined {
    try {
      return new Run(this.#core, this.#from, {
        exited: exit => {
          this.#on('exit')
          if (exit.error) this.#core.report(exit.error)
          this.#core.emit('exit', exit)
        },
        closed: report => this.#closed(report),
      })
    } catch (cause) {
      const error = noDecoder(cause)
      this.#notStarted(error)
      this.#core.report(error)
      return undefined
    }
  }

  #notStarted(error: WorkerError): void {
    this.#lastReport = { ...this.#lastReport, code: null, signal: null, error }
    this.#on('failed')
  }

  #closed(report: ExitReport): void {
    this.#run = undefined
    this.#lastReport = report
    this.#from.questions.end(() => exitedBeforeReply(report))
    this.#on('close', () => this.#verdict(report))
    this.#core.emit('close', report, nextRun(this.#state))
    this.#on('told')
  }

  #verdict(report: ExitReport): Verdict {
    const failed = this.#state === 'failing'
    this.#decision = this.#supervisor.ended({ ...report, failed }, performance.now())
    return this.#decision.then
  }

  #giveUp(): void {
    const report = this.#lastReport
    this.#core.emit('give-up', report)
    this.#core.report(restartedTooOften(report))
    this.#on('told')
  }

  #schedule(): void {
    const { delay, attempt } = this.#decision.then === 'restart' ? this.#decision : { delay: 0, attempt: 0 }
    this.#core.log.info(`starting again in ${Math.round(delay)} ms`)
    this.#restartTimer = setTimeout(() => this.#on('due'), delay)
    this.#core.changed()
    this.#core.emit('restart', { attempt, delay, report: this.#lastReport })
  }

  #clearRestart(): void {
    clearTimeout(this.#restartTimer)
    this.#restartTimer = undefined
  }

  /** It is over, and nothing follows unless start() is called. */
  #finish(): void {
    this.#clearRestart()
    const { signal } = this.#from.options
    if (signal) offAbort(signal, this.#abort)
    this.#from.lines.endLoops()
    const exit = exitOf(this.#lastReport)
    this.#exited.resolve(exit)
    this.#core.emit('end', exit)
  }

  readonly #abort = (): void => {
    this.#core.log.info('aborted')
    this.stop({}).catch((error: unknown) => this.#core.report(error as WorkerError))
  }
}

function exitOf({ code, signal, error }: ExitReport): Exit {
  return { code, signal, ...(error && { error }) }
}
