/** Starts a failed program again, but not too often: at most `max` times within `withinMs`. */
export interface RestartOptions {
  /** So many restarts… */
  max: number
  /** …within so many milliseconds; one more, and the worker gives up. */
  withinMs: number
  /** The pause before a restart: grows from `initial` (100 ms) by `factor` (2) up to `max` (10 s), less a random part. */
  backoff?: { initial?: number; factor?: number; max?: number; jitter?: number }
  /** `failure` (default): when it ended by a signal or with a code other than 0; `always`: also after code 0. */
  when?: 'failure' | 'always'
}

/** Decides when to start again. Pure: it is told the time, and has no timers. */
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

  /**
   * The program ended at `now` (ms): how long to wait before the next start, or undefined to give up. The pause grows
   * with the restarts that `withinMs` still remembers, so a program that ran well for long begins anew.
   */
  next(now: number): number | undefined {
    const { max, withinMs, backoff = {} } = this.#options
    this.#recent = this.#recent.filter(time => time > now - withinMs)
    if (this.#recent.length >= max) return undefined
    const { initial = 100, factor = 2, max: longest = 10_000, jitter = 0.5 } = backoff
    // More than a timer can hold would fire at once.
    const pause = Math.min(longest, initial * factor ** this.#recent.length, 2 ** 31 - 1)
    this.#recent.push(now)
    return pause * (1 - jitter * this.#random())
  }

  /** How many restarts are remembered. */
  get count(): number {
    return this.#recent.length
  }
}
