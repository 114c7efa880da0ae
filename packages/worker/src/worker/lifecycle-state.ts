/** What a worker is between its first start and its last stop. */
export type LifecycleState =
  /** No run, and none to come. */
  | 'idle'
  | 'running'
  /** Told to stop; no run follows. */
  | 'stopping'
  /** The program has exited by itself; its output may still come. */
  | 'exited'
  /** Told to end because it has failed: what follows is the same as if it had exited by itself. */
  | 'failing'
  /** The run is ending, and `start()` wants another one after it. */
  | 'replacing'
  // The run is over, and the listeners of `close` are being called with what follows.
  | 'closed'
  | 'closed:start'
  | 'closed:restart'
  | 'closed:give-up'
  /** A restart is due. */
  | 'waiting'

export type LifecycleEvent =
  /** `start()` was called. */
  | 'start'
  /** `stop()` was called, or the signal was aborted. */
  | 'stop'
  /** Whoever uses the program found that it does not work. */
  | 'fail'
  /** The program has exited, or could not be started. */
  | 'exit'
  /** The run is over. */
  | 'close'
  /** The listeners have been called. */
  | 'told'
  /** The pause before a restart is over. */
  | 'due'
  /** There is no run: it could not be created. */
  | 'failed'

/** What to do upon an event. */
export type LifecycleAction = 'begin' | 'schedule' | 'give-up' | 'finish'

/** The decision of the supervisor about a run that has ended by itself. */
export type Verdict = 'none' | 'restart' | 'give-up'

/** Which run follows one that is over: none, one that `start()` asked for, or one after a pause. */
export type NextRun = 'none' | 'start' | 'restart'

export interface Transition {
  readonly state: LifecycleState
  readonly action?: LifecycleAction
}

const begin: Transition = { state: 'running', action: 'begin' }
const finish: Transition = { state: 'idle', action: 'finish' }

/** State × event → state. What is not here changes nothing. */
const table: Readonly<Record<LifecycleState, Readonly<Partial<Record<LifecycleEvent, Transition>>>>> = {
  idle: { start: begin },
  running: {
    stop: { state: 'stopping' },
    fail: { state: 'failing' },
    exit: { state: 'exited' },
    failed: finish,
  },
  stopping: { start: { state: 'replacing' }, close: { state: 'closed' } },
  failing: { start: { state: 'replacing' }, stop: { state: 'stopping' } },
  exited: { start: { state: 'replacing' }, stop: { state: 'stopping' } },
  replacing: { stop: { state: 'stopping' }, close: { state: 'closed:start' } },
  // A listener may begin another run or see to it that none follows.
  closed: { start: begin, told: finish },
  'closed:start': { start: begin, stop: { state: 'closed' }, told: begin },
  'closed:restart': {
    start: begin,
    stop: { state: 'closed' },
    told: { state: 'waiting', action: 'schedule' },
  },
  // Those of `give-up` are called next.
  'closed:give-up': {
    start: begin,
    stop: { state: 'closed' },
    told: { state: 'closed', action: 'give-up' },
  },
  waiting: { stop: finish, due: begin },
}

const exitedThen: Readonly<Record<Verdict, Transition>> = {
  none: { state: 'closed' },
  restart: { state: 'closed:restart' },
  'give-up': { state: 'closed:give-up' },
}

/** @param verdict asked only when the run ended by itself and nobody wants another one */
export function transition(
  state: LifecycleState,
  event: LifecycleEvent,
  verdict: () => Verdict = () => 'none',
): Transition {
  if ((state === 'exited' || state === 'failing') && event === 'close') return exitedThen[verdict()]
  return table[state][event] ?? { state }
}

/** The run that follows, for the listeners of `close`. */
export const nextRun = (state: LifecycleState): NextRun =>
  state === 'closed:start' ? 'start' : state === 'closed:restart' ? 'restart' : 'none'
