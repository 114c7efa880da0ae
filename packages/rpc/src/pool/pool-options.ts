import type { ClientOptions, StopOptions } from '../client/client-options.js'

export interface PoolOptions extends Omit<ClientOptions, 'lazy' | 'start'> {
  /** How many children there may be. Default: as many as the machine has processors. */
  size?: number | undefined
  /** How many children are kept when nobody calls, once they were started. Default: 0. */
  min?: number | undefined
  /** How many calls one child may have at once; more wait. Default: 64. */
  concurrency?: number | undefined
  /** How many calls may wait for a child; more fail with `QUEUE_FULL`. Default: 10,000. */
  maxQueue?: number | undefined
  /** After so many calls a child is replaced; those it has are finished first. Default: never. */
  maxCallsPerWorker?: number | undefined
  /** How often a call of an `idempotent` method is sent again when its child has died. Default: 1. */
  retries?: number | undefined
}

export interface PoolStats {
  /** Children that run or start. */
  children: number
  /** Children without a call. */
  idle: number
  /** Calls that a child has. */
  running: number
  /** Calls that wait for a child. */
  waiting: number
  /** Children that were started, ended by themselves, and were replaced after `maxCallsPerWorker`, since the beginning. */
  started: number
  died: number
  recycled: number
  /** Calls that were sent again. */
  retried: number
}

/** What a pool is beside the calls it makes. */
export interface PoolLife {
  stats(): PoolStats
  /**
   * Ends every child, and takes no new calls. Every call settles. With `drain` all that was taken is answered first, what
   * waits for a child too; when that time is over, or without it, what is open fails with `STOPPED`.
   */
  stop(options?: StopOptions): Promise<void>
  [Symbol.dispose](): void
  [Symbol.asyncDispose](): Promise<void>
}

const counts = ['size', 'min', 'concurrency', 'maxQueue', 'maxCallsPerWorker', 'retries'] as const

/** Throws a TypeError for a number that is none. */
export function checkPoolOptions(options: PoolOptions): void {
  for (const name of counts) {
    const value: unknown = options[name]
    const least = name === 'min' || name === 'retries' || name === 'maxQueue' ? 0 : 1
    if (value === undefined || (typeof value === 'number' && value >= least && !(value % 1 > 0))) continue
    throw new TypeError(
      `The option '${name}' is ${JSON.stringify(value)}: pass an integer of at least ${least}`,
    )
  }
}

/** The options that each child's client gets. */
export function clientOptions(options: PoolOptions): ClientOptions {
  const own: readonly string[] = [...counts, 'idleStop']
  return Object.fromEntries(Object.entries(options).filter(([name]) => !own.includes(name)))
}
