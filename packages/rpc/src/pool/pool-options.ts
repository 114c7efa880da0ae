import { defaultsOf, kinds, pickOptions, type OptionTable } from '@simple-ipc/worker'

import { childOptionTable, hostRow, type ClientOptions, type StopOptions } from '../client/client-options.js'

interface OwnOptions {
  /** The largest number of children. Default: as many as the machine has processors. */
  size?: number | undefined
  /** How many children, once started, are kept when they are idle. Default: 0. */
  min?: number | undefined
  /** How many calls one child may have at a time; further ones wait. Default: 64. */
  concurrency?: number | undefined
  /** How many calls may wait for a child; further ones fail with `QUEUE_FULL`. Default: 10,000. */
  maxQueue?: number | undefined
  /** Replace a child after this many calls; those it has are finished first. Default: no limit. */
  maxCallsPerWorker?: number | undefined
  /** How often a call of an `idempotent` method is sent again when its child has died. Default: 1. */
  retries?: number | undefined
  /** Stop a child after this many milliseconds without a call. Default: never. */
  idleStop?: number | undefined
}

export interface PoolOptions extends OwnOptions, Omit<ClientOptions, 'lazy' | 'start' | 'idleStop'> {}

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
  size: { kind: kinds.count(1), otherwise: 'as many as the machine has processors' },
  min: { kind: kinds.count(0), default: 0 },
  concurrency: { kind: kinds.count(1), default: 64 },
  maxQueue: { kind: kinds.count(0), default: 10_000 },
  maxCallsPerWorker: { kind: kinds.count(1), otherwise: 'no limit' },
  retries: { kind: kinds.count(0), default: 1 },
  idleStop: { kind: kinds.duration, otherwise: 'never' },
} satisfies OptionTable<OwnOptions>

export const poolOptionTable = {
  ...ownPoolOptionTable,
  ...childOptionTable,
} satisfies OptionTable<PoolOptions>

export const poolDefaults = defaultsOf(ownPoolOptionTable)

/** The options that each child's client gets. */
export const clientOptions = (options: PoolOptions & { host?: object }): ClientOptions =>
  pickOptions<Omit<ClientOptions, 'start' | 'lazy' | 'idleStop'>>(
    { ...hostRow, ...childOptionTable },
    options,
  )
