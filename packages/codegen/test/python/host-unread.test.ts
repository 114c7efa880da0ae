// A host in Python whose child does not read: what waits for it is bounded.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { python } from '../support/toolchains.js'
import { HostPrograms, matching } from './host-programs.js'

let programs: HostPrograms
beforeAll(() => {
  programs = new HostPrograms('host_unread.py')
})
afterAll(() => programs.remove())

const full = (what: string): unknown =>
  matching(
    new RegExp(
      `^QUEUE_FULL: ${what} was not sent: 10[0-9]{4} bytes wait for the other side already, the limit is 100000 \\(max_queued_bytes\\); wait before you send more, or raise it$`,
    ),
  )

describe
  .skipIf(python === undefined || process.platform === 'win32')
  .concurrent.each(['threads', 'coroutines'])('a host in Python for %s', form => {
  const told = (...scenario: string[]): Promise<unknown> => programs.told('host_unread.py', form, ...scenario)

  it.each(['requests', 'unfit', 'unknown', 'pings'])(
    'stops a child that floods it with %s and never reads',
    async what => {
      expect(await told('flood', what, '-1')).toEqual([
        matching(
          /^QUEUE_FULL: echo was not answered: the program goes on asking and does not read: \d+ bytes wait for it, the limit is 100000 \(max_queued_bytes\), and was stopped$/,
        ),
        [],
      ])
    },
  )

  it('answers a child that reads when it has asked everything, in order', async () => {
    // The answers take more than the pipe and the limit, the requests that wait do not.
    expect(await told('late', 'requests', '150')).toEqual([['read 150 True'], true])
  })

  it('fails notifications of a handler when too much waits', async () => {
    expect(await told('notify')).toEqual([full('The message')])
  })

  it('fails what is asked before the start when too much waits', async () => {
    const [first, ...more] = (await told('held')) as unknown[]
    expect(first).toEqual(full(form === 'threads' ? 'The message' : 'echo'))
    if (form === 'coroutines') expect(more).toEqual([['QUEUE_FULL', 'TIMEOUT'], 'TIMEOUT', true])
  })
})

describe.skipIf(python === undefined || process.platform === 'win32')(
  'coroutines of a host in Python',
  () => {
    const told = (scenario: string): Promise<unknown> =>
      programs.told('host_unread.py', 'coroutines', scenario)

    it('make so many calls of a child that does not read, and no more', async () => {
      expect(await told('calls')).toEqual([full('echo'), ['QUEUE_FULL', 'TIMEOUT'], 'TIMEOUT', true])
    })

    it('can await that the child has taken everything', async () => {
      expect(await told('drained')).toEqual([0])
    })
  },
)
