import { between, duration, milliseconds, oneOf, positiveInteger } from '../options/kinds.js'
import { nestedOptions, type OptionTable } from '../options/option-table.js'

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
