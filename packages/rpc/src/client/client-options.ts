import type { Worker, WorkerOptions } from '@simple-ipc/worker'

import { wrongTime } from '../caller/call-options.js'
import { isPeerOption, type PeerOptions } from '../peer/peer-options.js'
import type { Framing } from '../transport/framings.js'
import type { HeartbeatOptions } from './heartbeat.js'

type Passed = Pick<
  WorkerOptions,
  'start' | 'verbose' | 'cwd' | 'env' | 'stderr' | 'stop' | 'restart' | 'leftovers' | 'signal'
>

export interface ClientOptions extends PeerOptions, Passed {
  /** Default: `lines`. */
  framing?: Framing | undefined
  /** Start the program at the first call instead of at once. Default: false. */
  lazy?: boolean | undefined
  /** Stop the program after so many milliseconds without a call; the next call starts it again. Default: never. */
  idleStop?: number | undefined
  /**
   * Ping the program while calls are open, and stop it when it does not answer: its calls fail with `NOT_RESPONDING`. A
   * program whose handlers are busy answers. Default: off. Not for foreign programs.
   */
  heartbeat?: boolean | HeartbeatOptions | undefined
}

/** How a client is stopped. */
export interface StopOptions {
  /** Wait so many milliseconds for calls in flight first. New ones are refused meanwhile. Default: 0. */
  drain?: number | undefined
  /** From the end of the program's input to SIGTERM, in milliseconds. Default: 2000. */
  input?: number | undefined
  /** From SIGTERM to SIGKILL, in milliseconds. Default: 2000. */
  term?: number | undefined
}

/** What a client is beside the calls it makes. */
export interface ClientLife {
  /** The program below: its plain lines, its exit, its process id. */
  readonly worker: Worker
  readonly running: boolean
  readonly pid: number | undefined
  /** Starts the program. Does nothing while it runs; while it stops, starts it again afterwards. */
  start(): void
  /** Ends the program. Every call settles; none hangs. Resolves when no process of its group is alive. */
  stop(options?: StopOptions): Promise<void>
  /** Milliseconds until the program's protocol loop answered: it is not dead, even if its handlers are busy. */
  ping(options?: { timeout?: number; signal?: AbortSignal }): Promise<number>
  /** Keep the event loop alive while the program lives. */
  ref(): void
  /** Let the host end although calls are open or somebody listens. */
  unref(): void
  [Symbol.dispose](): void
  [Symbol.asyncDispose](): Promise<void>
}

const own = ['host', 'framing', 'lazy', 'idleStop', 'heartbeat']

/** Takes the options apart: ours, and those of the worker below. */
export function splitOptions(options: ClientOptions): { peer: PeerOptions; worker: WorkerOptions } {
  const peer: Record<string, unknown> = {}
  const worker: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(options)) {
    if (isPeerOption(name)) peer[name] = value
    else if (!own.includes(name) && value !== undefined) worker[name] = value
  }
  return { peer, worker }
}

/** Throws a TypeError for what only a client knows. */
export function checkClientOptions({ idleStop, framing }: ClientOptions): void {
  const wrong = wrongTime('idleStop', idleStop)
  if (wrong !== undefined) throw wrong
  if (!['lines', 'headers', undefined].includes(framing))
    throw new TypeError(`The option 'framing' is '${String(framing)}': pass 'lines' or 'headers'`)
}

/** How long each rung may take: what is left out is for the worker to say. */
export const stopGrace = ({ input, term }: StopOptions): Parameters<Worker['stop']>[0] => ({
  ...(input === undefined ? {} : { input }),
  ...(term === undefined ? {} : { term }),
})
