import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  nextRun,
  transition,
  type LifecycleAction,
  type LifecycleEvent,
  type LifecycleState,
  type Verdict,
} from './lifecycle-state.js'

interface Told {
  state: LifecycleState
  actions: LifecycleAction[]
  next: string[]
}

/** Plays events from the first state on. `close` is told to listeners at once. */
function play(events: readonly LifecycleEvent[], verdict: Verdict = 'none'): Told {
  const told: Told = { state: 'idle', actions: [], next: [] }
  for (const event of events) {
    const { state, action } = transition(told.state, event, () => verdict)
    told.state = state
    if (action !== undefined) told.actions.push(action)
    if (event === 'close') told.next.push(nextRun(state))
  }
  return told
}

describe('a run that', () => {
  test.each<[string, LifecycleEvent[], Verdict, string, LifecycleAction[]]>([
    ['ends by itself is the last', ['start', 'exit', 'close', 'told'], 'none', 'none', ['begin', 'finish']],
    [
      'is stopped is the last',
      ['start', 'stop', 'exit', 'close', 'told'],
      'restart',
      'none',
      ['begin', 'finish'],
    ],
    [
      'is started while it runs stays',
      ['start', 'start', 'exit', 'close', 'told'],
      'none',
      'none',
      ['begin', 'finish'],
    ],
    [
      'is started while it stops is followed by another',
      ['start', 'stop', 'start', 'exit', 'close', 'told'],
      'none',
      'start',
      ['begin', 'begin'],
    ],
    [
      'is stopped, started and stopped is the last',
      ['start', 'stop', 'start', 'stop', 'exit', 'close', 'told'],
      'restart',
      'none',
      ['begin', 'finish'],
    ],
    [
      'is started between its exit and its end is followed by another',
      ['start', 'exit', 'start', 'close', 'told'],
      'none',
      'start',
      ['begin', 'begin'],
    ],
    [
      'is stopped between its exit and its end is the last',
      ['start', 'exit', 'stop', 'close', 'told'],
      'restart',
      'none',
      ['begin', 'finish'],
    ],
    [
      'failed is restarted after a pause',
      ['start', 'exit', 'close', 'told', 'due'],
      'restart',
      'restart',
      ['begin', 'schedule', 'begin'],
    ],
    [
      'failed too often is given up',
      ['start', 'exit', 'close', 'told', 'told'],
      'give-up',
      'none',
      ['begin', 'give-up', 'finish'],
    ],
    [
      'is ended because it has failed is followed by what follows a failure',
      ['start', 'fail', 'exit', 'close', 'told', 'due'],
      'restart',
      'restart',
      ['begin', 'schedule', 'begin'],
    ],
    [
      'is ended because it has failed, and stopped, is the last',
      ['start', 'fail', 'stop', 'exit', 'close', 'told'],
      'restart',
      'none',
      ['begin', 'finish'],
    ],
    ['could not be made is over', ['start', 'failed'], 'restart', '', ['begin', 'finish']],
  ])('%s', (_, events, verdict, next, actions) => {
    expect(play(events, verdict)).toMatchObject({ actions, next: next === '' ? [] : [next] })
  })
})

describe('listeners of close', () => {
  test.each<[string, Verdict, LifecycleEvent[], LifecycleAction[]]>([
    ['may begin a run where none follows', 'none', ['start', 'told'], ['begin', 'begin']],
    ['may begin one at once in place of a restart', 'restart', ['start', 'told'], ['begin', 'begin']],
    ['may see to it that none follows', 'restart', ['stop', 'told'], ['begin', 'finish']],
    ['may begin one in place of giving up', 'give-up', ['start', 'told'], ['begin', 'begin']],
    ['may spare the others that it is given up', 'give-up', ['stop', 'told'], ['begin', 'finish']],
  ])('%s', (_, verdict, meanwhile, actions) => {
    expect(play(['start', 'exit', 'close', ...meanwhile], verdict).actions).toEqual(actions)
  })
})

test('a listener of give-up may begin a run', () => {
  expect(play(['start', 'exit', 'close', 'told', 'start', 'told'], 'give-up')).toMatchObject({
    state: 'running',
    actions: ['begin', 'give-up', 'begin'],
  })
})

test('stop() while a restart is due ends it', () => {
  expect(play(['start', 'exit', 'close', 'told', 'stop'], 'restart')).toMatchObject({
    state: 'idle',
    actions: ['begin', 'schedule', 'finish'],
  })
})

test('the supervisor is asked only of a run that ended by itself', () => {
  const never = (): never => {
    throw new Error('asked')
  }
  for (const state of ['stopping', 'replacing'] as const) transition(state, 'close', never)
})

test('whatever happens, no two runs are there at once, and each begins and finishes in turn', () => {
  const events = fc.array(
    fc.constantFrom<LifecycleEvent>('start', 'stop', 'fail', 'exit', 'close', 'told', 'due'),
    { maxLength: 60 },
  )
  const verdicts = fc.constantFrom<Verdict>('none', 'restart', 'give-up')
  fc.assert(
    fc.property(events, verdicts, (all, verdict) => {
      let state: LifecycleState = 'idle'
      let runs = false
      let ended = false
      for (const event of all) {
        // Events of a run come only while there is one, each once and in their order.
        if (event === 'exit' && (!runs || ended)) continue
        if (event === 'close' && (!runs || !ended)) continue
        const next = transition(state, event, () => verdict)
        state = next.state
        if (event === 'exit') ended = true
        if (event === 'close') runs = false
        if (next.action === 'begin') {
          expect(runs).toBe(false)
          runs = true
          ended = false
        }
        if (next.action === 'finish') expect(runs).toBe(false)
        expect(['running', 'stopping', 'failing', 'exited', 'replacing'].includes(state)).toBe(runs)
      }
    }),
  )
})
