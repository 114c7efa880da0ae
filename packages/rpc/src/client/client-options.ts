import {
  kinds,
  nestedOptions,
  pickOptions,
  stopGraceTable,
  workerOptionTable,
  type OptionTable,
  type StopGrace,
  type Worker,
  type WorkerOptions,
} from '@simple-ipc/worker'

import { peerOptionTable, type PeerOptions } from '../peer/peer-options.js'
import { framingOption, type Framing } from '../transport/framings.js'
import { heartbeatTable, type HeartbeatOptions } from './heartbeat.js'

/** Options of the worker below that a client hands on. */
type Passed = Pick<
  WorkerOptions,
  'start' | 'verbose' | 'cwd' | 'env' | 'stderr' | 'stop' | 'restart' | 'leftovers' | 'signal'
>

/** @typeParam Child what `onStart` gets: `RemoteChild<…>` of the contract */
export interface ClientOptions<Child = unknown> extends PeerOptions, Passed {
  /** How messages are delimited. Default: `lines`. */
  framing?: Framing | undefined
  /** Start the program at the first call instead of at once. Default: false. */
  lazy?: boolean | undefined
  /**
   * Stop the program after this many milliseconds without a call; the next call starts it again. Default: never.
   */
  idleStop?: number | undefined
  /**
   * Ping the program while calls are open, and stop it when it does not answer: its calls fail with `NOT_RESPONDING`. A
   * program whose handlers are busy answers. Not for foreign programs. Default: false.
   */
  heartbeat?: boolean | HeartbeatOptions | undefined
  /**
   * Prepares the program at each start and restart, after its contract was verified and before any other call is sent. Its
   * argument is the child, to be called, notified and listened to. If it fails the start has failed, with its error.
   */
  onStart?: ((child: Child) => unknown) | undefined
  /**
   * Says goodbye to a program that was prepared, before its input ends: at `stop()`, and when `idleStop` or a pool stops it.
   * Its argument is the child, to be called and notified. It has as long as the program has to end by itself, `stop.input`
   * milliseconds; if it fails, `onError` is told and the program is stopped all the same. A program that failed has none.
   */
  onStop?: ((child: Child) => unknown) | undefined
  /** How long a start may take, in milliseconds: until the first answer, and until `onStart` is done. Default: no limit. */
  startTimeout?: number | undefined
  /**
   * Where the program's stderr goes: `tee`, to the host's own, and its end is kept for error messages; `inherit`, to the
   * host's own; `ignore`, nowhere; or a function that is called with each line, and the end is kept, too. Default: `tee`.
   */
  stderr?: WorkerOptions['stderr']
  /**
   * Restart the program when it fails: `{ max, withinMs, backoff?: { initial, factor, max, jitter }, when?: 'failure' |
   * 'always' }`. It fails when it exits, cannot be prepared in time or does not respond. Calls in flight fail, later ones
   * wait. Default: never.
   */
  restart?: WorkerOptions['restart']
}

const passedTable = {
  verbose: workerOptionTable.verbose,
  cwd: workerOptionTable.cwd,
  env: workerOptionTable.env,
  stderr: { ...workerOptionTable.stderr, default: 'tee' },
  stop: workerOptionTable.stop,
  restart: workerOptionTable.restart,
  leftovers: workerOptionTable.leftovers,
  signal: workerOptionTable.signal,
} satisfies OptionTable<Omit<Passed, 'start'>>

/** Options that hold for a client wherever it comes from: a pool starts and stops its own. */
export const childOptionTable = {
  ...passedTable,
  framing: framingOption,
  heartbeat: {
    kind: kinds.either(kinds.boolean, nestedOptions<HeartbeatOptions>(heartbeatTable)),
    default: false,
  },
  onStart: { kind: kinds.callback<(child: unknown) => unknown>() },
  onStop: { kind: kinds.callback<(child: unknown) => unknown>() },
  ...peerOptionTable,
} satisfies OptionTable<Omit<ClientOptions, 'start' | 'lazy' | 'idleStop'>>

export const clientOptionTable = {
  start: workerOptionTable.start,
  lazy: { kind: kinds.boolean, default: false },
  idleStop: { kind: kinds.duration, otherwise: 'never' },
  ...childOptionTable,
} satisfies OptionTable<ClientOptions>

/** How a client is stopped. */
export interface StopOptions extends StopGrace {
  /**
   * Wait this many milliseconds for calls in flight first, and reject new ones meanwhile. Default: 0.
   */
  drain?: number | undefined
}

export const stopOptionTable = {
  drain: { kind: kinds.milliseconds, default: 0 },
  ...stopGraceTable,
} satisfies OptionTable<StopOptions>

/** A client's lifecycle methods. */
export interface ClientLife {
  /** The program below: its plain lines, its exit, its process id. */
  readonly worker: Worker
  readonly running: boolean
  readonly pid: number | undefined
  /**
   * Starts the program. Does nothing while it runs; while it stops, starts it again afterwards. Resolves when the program
   * is ready for calls; rejects if the start fails, also if `restart` tries again. Need not be awaited.
   */
  start(): Promise<void>
  /** Stops the program. Every call settles; none hangs. Resolves when no process of its group is alive. */
  stop(options?: StopOptions): Promise<void>
  /** Measures how long the protocol loop takes to answer, in milliseconds; it does so even if handlers are busy. */
  ping(options?: { timeout?: number; signal?: AbortSignal }): Promise<number>
  /** Keep the event loop alive while the program runs. */
  ref(): void
  /** Let the host exit although calls are open or notifications are listened to. */
  unref(): void
  [Symbol.dispose](): void
  [Symbol.asyncDispose](): Promise<void>
}

/** Handlers of the host: checked where the contract is known. */
export const hostRow = { host: { kind: kinds.unchecked<object | undefined>() } }

/** Takes the options apart: those of the connection, and those of the worker below. */
export const splitOptions = (options: ClientOptions): { peer: PeerOptions; worker: WorkerOptions } => ({
  peer: pickOptions<PeerOptions>(peerOptionTable, options),
  worker: pickOptions<Omit<Passed, 'start'>>(passedTable, options),
})

/** How long each step may take: the worker has the defaults. */
export const stopGrace = (options: StopOptions): StopGrace => pickOptions<StopGrace>(stopGraceTable, options)
