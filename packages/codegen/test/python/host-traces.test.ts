// The traceback of a call that fails goes through its caller, and through nobody else.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { python } from '../support/toolchains.js'
import { HostPrograms } from './host-programs.js'

let programs: HostPrograms
beforeAll(() => {
  programs = new HostPrograms('conversation_child.py', 'host_traces.py')
})
afterAll(() => programs.remove())

describe.skipIf(python === undefined)('the traceback of a call that fails', () => {
  it('goes through the function that has called, on threads', async () => {
    expect(await programs.told('host_traces.py', 'threads')).toEqual({
      call: ['expect', 'calls'],
      loop: ['expect', 'loops'],
      result: ['expect', 'asks_result'],
      'result again': ['expect', 'asks_result'],
      start: ['expect'],
      'cause of start': ['prepare'],
    })
  })

  it('goes through the coroutine that has awaited, on asyncio', async () => {
    expect(await programs.told('host_traces.py', 'asyncio')).toEqual({
      call: ['expect', 'calls'],
      gathered: ['expect', 'gathers', 'calls'],
      'waited for': ['expect', 'waits', 'calls'],
      loop: ['expect', 'loops'],
      result: ['expect', 'asks_result'],
      'result again': ['expect', 'asks_result'],
      start: ['expect'],
      'cause of start': ['prepare_later', 'prepare'],
    })
  })
})
