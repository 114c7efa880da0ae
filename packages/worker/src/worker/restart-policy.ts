import { longestDelay } from '../base/timer.js'
import { between, duration, milliseconds, oneOf, positiveInteger } from '../options/kinds.js'
import { defaultsOf, nestedOptions, type OptionTable } from '../options/option-table.js'

/** The pause before a restart. */
export interface Backoff {
  /** The first pause, in milliseconds. Default: 100. */
  initial?: number
  /** How much longer each further pause is. Default: 2. */
  factor?: number
  /** The longest pause, in milliseconds. Default: 10,000. */
  max?: number
  /** The largest part of a pause, from 0 to 1, that is left out at random. Default: 0.5. */
  jitter?: number
}

/** Restarts a failed program, but not too often: at most `max` times within `withinMs`. */
export interface RestartOptions {
  /** The worker gives up after this many restarts within `withinMs`. */
  max: number
  /** The period in which restarts are counted, in milliseconds. */
  withinMs: number
  /** The pause before a restart: grows from `initial` by `factor` up to `max`, less a random part. */
  backoff?: Backoff
  /** `failure`: after a signal or an exit code other than 0; `always`: after code 0, too. Default: `failure`. */
  when?: 'failure' | 'always'
}

export const backoffTable = {
  initial: { kind: milliseconds, default: 100 },
  factor: { kind: between(1, Infinity), default: 2 },
  max: { kind: milliseconds, default: 10_000 },
  jitter: { kind: between(0, 1), default: 0.5 },
} satisfies OptionTable<Backoff>

export const restartTable = {
  max: { kind: positiveInteger, required: true },
  withinMs: { kind: duration, required: true },
  backoff: { kind: nestedOptions<Backoff>(backoffTable) },
  when: { kind: oneOf('failure', 'always'), default: 'failure' },
} satisfies OptionTable<RestartOptions>

const backoffDefaults = defaultsOf(backoffTable)

/** Decides when to restart. Pure: the time is passed in, and it has no timers. */
export class RestartPolicy {
  readonly #options: RestartOptions
  readonly #random: () => number
  #recent: number[] = []

  /** @param random numbers in [0, 1), for the jitter */
  constructor(options: RestartOptions, random: () => number = Math.random) {
    this.#options = options
    this.#random = random
  }

  /** Whether an end of this kind asks for a restart at all. */
  wants(exit: { code: number | null; signal: string | null }): boolean {
    return this.#options.when === 'always' || exit.code !== 0
  }

  /** Whether another restart is allowed at `now` (ms), or it is time to give up. */
  allows(now: number): boolean {
    const { max, withinMs } = this.#options
    this.#recent = this.#recent.filter(time => time > now - withinMs)
    return this.#recent.length < max
  }

  /**
   * How long to wait before the next start, or undefined to give up. The pause grows with the restarts that `withinMs`
   * still remembers, so it is short again for a program that ran well for long.
   */
  next(now: number): number | undefined {
    if (!this.allows(now)) return undefined
    const { backoff = {} } = this.#options
    const { initial, factor, max: longest, jitter } = { ...backoffDefaults, ...backoff }
    // More than a timer can hold would fire at once.
    const pause = Math.min(longest, initial * factor ** this.#recent.length, longestDelay)
    this.#recent.push(now)
    return pause * (1 - jitter * this.#random())
  }

  /** How many restarts are remembered. */
  get count(): number {
    return this.#recent.length
  }
}
