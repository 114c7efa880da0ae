import { describe, expect, test } from 'vitest'

import { clientTransition, type ClientEvent, type ClientState } from './client-state.js'

/** The state at the end, and what became of unsent calls each time a session was over. */
function play(events: readonly ClientEvent[]): { state: ClientState; held: string[] } {
  const told: { state: ClientState; held: string[] } = { state: 'idle', held: [] }
  for (const event of events) {
    const { state, held } = clientTransition(told.state, event)
    told.state = state
    if (held !== undefined) told.held.push(held)
  }
  return told
}

const begun: readonly ClientEvent[] = ['asked', 'start', 'ready']

describe('calls that were not sent when the program', () => {
  test.each<[string, ClientEvent[], string[], ClientState]>([
    ['ended by itself fail', ['exit', 'close:none', 'end'], ['fail'], 'idle'],
    ['is restarted wait if they came late', ['exit', 'close:restart'], ['keep-late'], 'waiting'],
    [
      'ended and start() was called wait if they came late',
      ['exit', 'close:start'],
      ['keep-late'],
      'waiting',
    ],
    ['was told to stop fail', ['stop', 'exit', 'close:none', 'end'], ['fail'], 'idle'],
    [
      'was told to stop and to start wait, all of them',
      ['stop', 'exit', 'close:start', 'start'],
      ['keep'],
      'starting',
    ],
    ['does not work and is not restarted fail', ['fail', 'exit', 'close:none', 'end'], ['fail'], 'idle'],
    [
      'does not work and is restarted wait if they came late',
      ['fail', 'exit', 'close:restart', 'start', 'ready'],
      ['keep-late'],
      'running',
    ],
    ['was told to stop after its exit fail', ['exit', 'stop', 'close:none', 'end'], ['fail'], 'idle'],
    [
      'was to be restarted and is not, after all, fail',
      ['exit', 'close:restart', 'end'],
      ['keep-late', 'fail'],
      'idle',
    ],
    [
      'was to be restarted and is told to stop fail',
      ['exit', 'close:restart', 'stop', 'end'],
      ['keep-late', 'fail'],
      'idle',
    ],
    [
      'is restarted and ends fail',
      ['exit', 'close:restart', 'start', 'exit', 'close:none'],
      ['keep-late', 'fail'],
      'idle',
    ],
  ])('%s', (_, events, held, state) => {
    expect(play([...begun, ...events])).toEqual({ state, held })
  })

  test.each<[string, ClientEvent[], string[], ClientState]>([
    ['exits wait for the next run if they came late', ['exit', 'close:restart'], ['keep-late'], 'waiting'],
    ['fails to be prepared fail', ['fail', 'exit', 'close:none', 'end'], ['fail'], 'idle'],
    ['is stopped fail', ['stop', 'ready', 'exit', 'close:none', 'end'], ['fail'], 'idle'],
  ])('is being prepared and %s', (_, events, held, state) => {
    expect(play(['asked', 'start', ...events])).toEqual({ state, held })
  })

  test('could not be started fail', () => {
    expect(play(['asked', 'exit', 'close:none', 'end'])).toEqual({ state: 'idle', held: ['fail'] })
    expect(play(['asked', 'end'])).toEqual({ state: 'idle', held: ['fail'] })
  })
})

test('a program that is started directly at the worker is one like any other', () => {
  expect(play(['start', 'exit', 'close:none', 'end'])).toEqual({ state: 'idle', held: ['fail'] })
  expect(play(['exit', 'close:none', 'end'])).toEqual({ state: 'idle', held: ['fail'] })
})

test('stop() without a program changes nothing', () => {
  expect(play(['stop', 'end'])).toEqual({ state: 'idle', held: [] })
})
