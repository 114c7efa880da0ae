import { longestDelay } from '../base/timer.js'
import { defaultsOf } from '../options/option-table.js'
import { backoffTable, type RestartOptions } from './restart-options.js'

/** How a run ended that nobody had told to end. */
export interface RunEnd {
  readonly code: number | null
  /** Why the program could not be started. */
  readonly error?: Error | undefined
  /** Whether it had come so far that it could do its work. Default: whether it could be started. */
  readonly wasUp?: boolean
  /** It failed, whatever its exit code. */
  readonly failed?: boolean
}

/** What follows a run that has ended. */
export type Decision =
  | { readonly then: 'none' }
  /** It is started again after `delay` milliseconds: the `attempt`th restart that `withinMs` still remembers. */
  | { readonly then: 'restart'; readonly delay: number; readonly attempt: number }
  /** It is not started again. Once, until something is started by hand or the pause after it is over. */
  | { readonly then: 'give-up' }

/** Why a command is not started now, although it is needed; `until` when that is so. */
export interface Closed {
  /** Its last start failed, or it waits for its restart; or there were too many restarts. */
  readonly why: 'quarantine' | 'gave-up'
  readonly until: number
}

interface CommandRecord {
  /** Starts in a row that failed. */
  failures: number
  /** Not started before. */
  until: number
  /** It has been up once: a file that is missing now is missing for a while, perhaps. */
  everUp: boolean
}

const backoffDefaults = defaultsOf(backoffTable)
const nothing: Decision = { then: 'none' }

/**
 * Decides what becomes of programs that end: a restart after a pause, which is longer each time; or giving up, when
 * there were `max` restarts within `withinMs`, counted over all of its commands; or a quarantine for a command that
 * cannot start. Pure: the time (ms) is passed in, and it has no timers and no processes.
 */
export class Supervisor {
  readonly #options: RestartOptions | undefined
  readonly #random: () => number
  readonly #commands = new Map<number, CommandRecord>()
  #restarts: number[] = []
  #gaveUpUntil: number | undefined

  /**
   * @param options undefined: nothing is restarted by itself, only when it is needed
   * @param random numbers in [0, 1), for the jitter
   */
  constructor(options: RestartOptions | undefined, random: () => number = Math.random) {
    this.#options = options
    this.#random = random
  }

  /** A run has ended by itself. @param command which of several */
  ended(end: RunEnd, now: number, command = 0): Decision {
    const record = this.#record(command)
    const wasUp = end.wasUp ?? end.error === undefined
    if (wasUp) this.up(command)
    else record.failures++
    const decision = this.#decide(end, record, now)
    if (decision.then === 'restart') record.until = Math.max(record.until, now + decision.delay)
    // Several that were starting at once have failed once.
    else if (!wasUp && now >= record.until) record.until = now + this.#pause(record.failures - 1)
    return decision
  }

  /** A command is up: that its starts failed is forgotten. */
  up(command = 0): void {
    const record = this.#record(command)
    record.failures = 0
    record.everUp = true
  }

  /** Somebody starts it by hand: it has not given up. */
  byHand(): void {
    this.#gaveUpUntil = undefined
  }

  /** Why a command must not be started at `now` because it is needed; undefined if it may be. */
  closed(now: number, command = 0): Closed | undefined {
    if (this.#gaveUpUntil !== undefined) {
      if (now < this.#gaveUpUntil) return { why: 'gave-up', until: this.#gaveUpUntil }
      this.#gaveUpUntil = undefined
    }
    const until = this.#commands.get(command)?.until ?? 0
    return now < until ? { why: 'quarantine', until } : undefined
  }

  /** Has its last start failed? Then one at a time is enough to find out whether it can be started again. */
  isSuspect(command = 0): boolean {
    return (this.#commands.get(command)?.failures ?? 0) > 0
  }

  /** Has it given up, at `now`? */
  gaveUp(now: number): boolean {
    return this.#gaveUpUntil !== undefined && now < this.#gaveUpUntil
  }

  #decide({ code, error, failed = false }: RunEnd, { everUp }: CommandRecord, now: number): Decision {
    const options = this.#options
    if (options === undefined || (options.when !== 'always' && code === 0 && !failed)) return nothing
    // What could never be started cannot be started in a second, unless the system was short of something.
    if (error !== undefined && !everUp && !isTransient(error)) return nothing
    if (this.gaveUp(now)) return nothing
    const { max, withinMs } = options
    this.#restarts = this.#restarts.filter(time => time > now - withinMs)
    if (this.#restarts.length >= max) {
      this.#gaveUpUntil = now + Math.max(withinMs, options.backoff?.max ?? backoffDefaults.max)
      return { then: 'give-up' }
    }
    const delay = this.#pause(this.#restarts.length)
    this.#restarts.push(now)
    return { then: 'restart', delay, attempt: this.#restarts.length }
  }

  /** How long to wait after this many others. Short again for what ran well for long. */
  #pause(others: number): number {
    const { initial, factor, max, jitter } = { ...backoffDefaults, ...this.#options?.backoff }
    // More than a timer can hold would fire at once.
    const pause = Math.min(max, initial * factor ** others, longestDelay)
    return pause * (1 - jitter * this.#random())
  }

  #record(command: number): CommandRecord {
    let record = this.#commands.get(command)
    if (record === undefined) this.#commands.set(command, (record = { failures: 0, until: 0, everUp: false }))
    return record
  }
}

function isTransient({ cause }: Error): boolean {
  const { code = '' } = (cause ?? {}) as NodeJS.ErrnoException
  return ['EAGAIN', 'EMFILE', 'ENFILE', 'ENOMEM', 'ETXTBSY'].includes(code)
}
