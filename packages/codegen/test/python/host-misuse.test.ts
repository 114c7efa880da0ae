// A host in Python that is used as it cannot be: each is an error at once, which says so, and nothing hangs.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { python } from '../support/toolchains.js'
import { HostPrograms, matching } from './host-programs.js'

let programs: HostPrograms
beforeAll(() => {
  programs = new HostPrograms('conversation_child.py', 'host_misuse.py')
})
afterAll(() => programs.remove())

const told = (scenario: string): Promise<unknown> => programs.told('host_misuse.py', scenario)
const times = (count: number, value: unknown): unknown[] => Array.from({ length: count }, () => value)

describe.skipIf(python === undefined || process.platform !== 'linux').concurrent('a host in Python', () => {
  it('refuses a client of another event loop, and takes one from a thread that has none', async () => {
    expect(await told('elsewhere')).toEqual([
      times(
        7,
        matching(/^RuntimeError: This client belongs to the event loop on which spawn_async was called/),
      ),
      [3],
    ])
  })

  it('refuses a blocking call on the event loop of its handlers', async () => {
    expect(await told('own_loop')).toEqual([
      matching(/^RuntimeError: nothing was not sent: it would block the event loop .* asyncio\.to_thread/),
      matching(/^RuntimeError: count was not sent: it would block the event loop/),
    ])
  })

  it('refuses its clients in a copy of it that fork makes, and leaves the child to the parent', async () => {
    expect(await told('copied')).toEqual([
      [...times(4, matching(/^RuntimeError: .* was not sent: this process is a copy, made by fork/)), null],
      3,
    ])
  })

  it('takes every duration, and refuses what is none, wherever one is passed', async () => {
    const invalid = (why: string): unknown[] =>
      [
        'timeout',
        'idle_timeout',
        'timeout',
        'timeout',
        'start_timeout',
        'input_grace',
        'term_grace',
        'drain',
        'input_grace',
        'term_grace',
      ].map(name => matching(new RegExp(`^\\w+: ${name} must be a ${why}$`)))
    expect(await told('durations')).toEqual([
      ...times(4, [3, 3, 1, ...times(4, true)]),
      invalid('non-negative number of seconds, not nan'),
      invalid('non-negative number of seconds, not -1.0'),
      invalid('number of seconds, not str'),
      invalid('number of seconds, not bool'),
      [],
      matching(/^RpcTimeoutError: slow was not answered within its timeout of 0\.5 s/),
      3,
    ])
    expect(await told('durations_async')).toEqual([
      3,
      3,
      matching(/not nan$/),
      matching(/^ValueError: timeout must be .*, not -1\.0$/),
      [],
    ])
  })

  it('ends the call of a task that is cancelled, closed or dropped before its first step', async () => {
    const ways = ['cancelled', 'no_time', 'closed', 'result', 'item', 'dropped']
    expect(await told('unstarted')).toEqual(ways.map(way => [way, [], 3]))
  })
})
