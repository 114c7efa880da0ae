import { defaultsOf, kinds, pickOptions, type OptionTable } from '@simple-ipc/worker'

import { childOptionTable, hostRow, type ClientOptions, type StopOptions } from '../client/client-options.js'

interface OwnOptions {
  /**
   * The largest number of children; while one is being replaced there is one more. Default: as many as the machine has
   * processors, and at least one of each command.
   */
  size?: number | undefined
  /** How many children are started at once, and kept when they are idle. Default: 0. */
  min?: number | undefined
  /** How many calls one child may have at a time; further ones wait. Default: 64. */
  concurrency?: number | undefined
  /** How many calls may wait for a child; further ones fail with `QUEUE_FULL`. Default: 10,000. */
  maxQueue?: number | undefined
  /**
   * Replace a child after this many calls: another is started, and when that is ready the child gets no more calls and is
   * stopped when those it has are finished. Default: no limit.
   */
  maxCallsPerWorker?: number | undefined
  /**
   * Replace a child, as after `maxCallsPerWorker`, that has more resident memory than this, in bytes: on Linux and macOS it
   * with all processes it has started, on Windows it alone. Measured every two seconds. Default: no limit.
   */
  maxMemory?: number | undefined
  /** How often a call of an `idempotent` method is sent again when its child has died. Default: 1. */
  retries?: number | undefined
  /** Stop a child after this many milliseconds without a call. Default: never. */
  idleStop?: number | undefined
  /**
   * Start a child that failed again, after a pause, at most `max` times within `withinMs`, counted over the whole pool: `{ max,
   * withinMs, backoff?: { initial, factor, max, jitter }, when?: 'failure' | 'always' }`; calls wait. Default: a child that
   * ended is replaced when a call needs one.
   */
  restart?: ClientOptions['restart']
}

/** @typeParam Child what `onStart` gets: `RemoteChild<…>` of the contract */
export interface PoolOptions<Child = unknown>
  extends OwnOptions, Omit<ClientOptions<Child>, 'lazy' | 'start' | 'idleStop' | 'restart'> {}

/** What a pool has of one of its commands. */
export interface PoolCommandStats {
  /** As one would type it. */
  command: string
  /** Children that run or start; started, and ended by themselves, since the beginning. */
  children: number
  started: number
  died: number
  /** It could not be started, and is not tried for a while. */
  quarantined: boolean
}

export interface PoolStats {
  /** Children that run or start. */
  children: number
  /** Those that start, are prepared by `onStart`, or have answered nothing yet. */
  starting: number
  /** Those that are up. */
  warm: number
  /** Places of children that failed and are started again after a pause. */
  restarting: number
  /** Commands that could not be started, and are not tried for a while. */
  quarantined: number
  /** Children failed more often than `restart` allows: none is started for a while. */
  gaveUp: boolean
  /** Children without a call. */
  idle: number
  /** Calls that a child has. */
  running: number
  /** Calls that wait for a child. */
  waiting: number
  /** Children that were started, ended by themselves, and were replaced after `maxCallsPerWorker` or `maxMemory`, since the beginning. */
  started: number
  died: number
  recycled: number
  /** Calls that were sent again. */
  retried: number
  /** The same for each command. */
  commands: PoolCommandStats[]
}

/** A pool's lifecycle methods. */
export interface PoolLife {
  stats(): PoolStats
  /**
   * Stops every child, and accepts no new calls. Every call settles. With `drain` all accepted calls are answered first,
   * those that wait for a child too; when that time is over, or without it, open calls fail with `STOPPED`.
   */
  stop(options?: StopOptions): Promise<void>
  [Symbol.dispose](): void
  [Symbol.asyncDispose](): Promise<void>
}

export const ownPoolOptionTable = {
  size: {
    kind: kinds.count(1),
    otherwise: 'as many as the machine has processors, and at least one of each command',
  },
  min: { kind: kinds.count(0), default: 0 },
  concurrency: { kind: kinds.count(1), default: 64 },
  maxQueue: { kind: kinds.count(0), default: 10_000 },
  maxCallsPerWorker: { kind: kinds.count(1), otherwise: 'no limit' },
  maxMemory: { kind: kinds.bytes, otherwise: 'no limit' },
  retries: { kind: kinds.count(0), default: 1 },
  idleStop: { kind: kinds.duration, otherwise: 'never' },
  restart: {
    ...childOptionTable.restart,
    otherwise: 'a child that ended is replaced when a call needs one',
  },
} satisfies OptionTable<OwnOptions>

export const poolOptionTable = {
  ...ownPoolOptionTable,
  ...childOptionTable,
  restart: ownPoolOptionTable.restart,
} satisfies OptionTable<PoolOptions>

export const poolDefaults = defaultsOf(ownPoolOptionTable)

/** The options that each child's client gets: what restarts and stops children is the pool. */
export const clientOptions = (options: PoolOptions & { host?: object }): ClientOptions => ({
  ...pickOptions<Omit<ClientOptions, 'start' | 'lazy' | 'idleStop'>>(
    { ...hostRow, ...childOptionTable },
    options,
  ),
  restart: undefined,
  signal: undefined,
  meta: undefined,
})
