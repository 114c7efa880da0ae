import { EventEmitter } from 'node:events'
import type { WorkerError } from '../errors/worker-error.js'
import { threw } from '../errors/worker-errors.js'
import type { WorkerLog } from './log.js'
import { SilenceWatch } from './silence-watch.js'
import type { WorkerEvents } from './worker-events.js'

/** What the parts of a worker share: its log, its events, its errors, and that something has changed. */
export class WorkerCore {
  readonly log: WorkerLog
  readonly silence: SilenceWatch
  /**
   * To be called after anything that decides whether the event loop stays alive and whether the program must wait for a
   * loop over its lines.
   */
  readonly changed: () => void
  readonly #emitter: EventEmitter<WorkerEvents>

  constructor(emitter: EventEmitter<WorkerEvents>, log: WorkerLog, changed: () => void) {
    this.#emitter = emitter
    this.log = log
    this.silence = new SilenceWatch(log)
    this.changed = changed
  }

  /** Emits an event; a listener that throws stops nothing. */
  emit<Name extends keyof WorkerEvents>(name: Name, ...args: WorkerEvents[Name]): void {
    try {
      this.#emitter.emit(name, ...(args as never))
    } catch (cause) {
      this.listenerFailed(name, cause)
    }
  }

  /** An error that no promise reports goes to the `error` event, or to the log where nobody listens. */
  report(error: WorkerError): void {
    if (this.#emitter.listenerCount('error') > 0) this.emit('error', error)
    else this.log.failure(error)
  }

  listenerFailed(name: unknown, cause: unknown): void {
    const error = threw(`A listener for '${String(name)}'`, cause)
    if (name === 'error') this.log.failure(error)
    else this.report(error)
  }

  /** Calls a function of the user's: one that throws, or is async and rejects, stops nothing. */
  call<T>(callback: (value: T) => unknown, value: T, what: string): void {
    const failed = (cause: unknown): void => this.report(threw(what, cause))
    try {
      const result = callback(value)
      if (result instanceof Promise) result.catch(failed)
    } catch (cause) {
      failed(cause)
    }
  }

  /** Calls back with whether anybody listens to an event, now and whenever that changes, so that emitting need not ask. */
  onListened(event: keyof WorkerEvents, changed: (listened: boolean) => void): void {
    const emitter = this.#emitter
    const on = EventEmitter.prototype.on.bind(emitter)
    if (emitter.listenerCount('newListener' as never) === 0)
      on('newListener', (name: string) => name === event && changed(true))
    if (emitter.listenerCount('removeListener' as never) === 0)
      on('removeListener', (name: string) => name === event && changed(emitter.listenerCount(event) > 0))
    changed(emitter.listenerCount(event) > 0)
  }
}
