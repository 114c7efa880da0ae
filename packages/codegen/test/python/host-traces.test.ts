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
      call: ['expect', 'calls', 'and 2'],
      loop: ['expect', 'loops', 'and 1'],
      result: ['expect', 'asks_result', 'and 1'],
      'result again': ['expect', 'asks_result', 'and 1'],
      start: ['expect', 'and 2'],
      'cause of start': ['prepare', 'and 0'],
    })
  })

  it('goes through the coroutine that has awaited, on asyncio', async () => {
    expect(await programs.told('host_traces.py', 'asyncio')).toEqual({
      call: ['expect', 'calls', 'and 1'],
      gathered: ['expect', 'gathers', 'calls', 'and 1'],
      'waited for': ['expect', 'waits', 'calls', 'and 1'],
      loop: ['expect', 'loops', 'and 1'],
      result: ['expect', 'asks_result', 'and 1'],
      'result again': ['expect', 'asks_result', 'and 1'],
      start: ['expect', 'and 1'],
      'cause of start': ['prepare_later', 'prepare', 'and 0'],
    })
  })
})
