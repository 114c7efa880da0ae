import type { NextRun } from '@simple-ipc/worker'

import type { HeldCalls } from '../caller/disconnection.js'

/** What a client is between its first start and its last stop. */
export type ClientState =
  /** No program, and none to come: calls are refused. */
  | 'idle'
  /** A run is to come: calls wait for it. */
  | 'waiting'
  /** The program runs, is verified, and `onStart` prepares it: calls wait for that. */
  | 'starting'
  | 'running'
  /** The program has exited, or has failed and is ended, and its output may still arrive: calls are meant for the next run, if there is one. */
  | 'ending'
  /** This side has ended the session, and the program is told to stop. */
  | 'stopping'

export type ClientEvent =
  /** `start()` was called. */
  | 'asked'
  /** The session is ended from here: `stop()`, `idleStop`, or a failure that ends it. */
  | 'stop'
  /** The run is ended from here because it does not work: another may follow. */
  | 'fail'
  /** The program is prepared. */
  | 'ready'
  // What the worker says.
  | 'start'
  | 'exit'
  | `close:${NextRun}`
  | 'end'

export interface ClientTransition {
  readonly state: ClientState
  /** Set where a session, or the wait for one, is over. */
  readonly held?: HeldCalls
}

const over: ClientTransition = { state: 'idle', held: 'fail' }
const keepLate: ClientTransition = { state: 'waiting', held: 'keep-late' }
const keep: ClientTransition = { state: 'waiting', held: 'keep' }
const starting: ClientTransition = { state: 'starting' }
const ending: ClientTransition = { state: 'ending' }
const stopping: ClientTransition = { state: 'stopping' }

/** State × event → state. What is not here changes nothing. */
const table: Readonly<Record<ClientState, Readonly<Partial<Record<ClientEvent, ClientTransition>>>>> = {
  idle: { asked: { state: 'waiting' }, start: starting, exit: ending },
  waiting: { start: starting, exit: ending, stop: stopping, end: over },
  starting: { ready: { state: 'running' }, exit: ending, fail: ending, stop: stopping },
  running: { exit: ending, fail: ending, stop: stopping },
  ending: {
    stop: stopping,
    'close:none': over,
    'close:start': keepLate,
    'close:restart': keepLate,
  },
  stopping: { start: starting, 'close:none': over, 'close:start': keep, 'close:restart': keep, end: over },
}

export const clientTransition = (state: ClientState, event: ClientEvent): ClientTransition =>
  table[state][event] ?? { state }
