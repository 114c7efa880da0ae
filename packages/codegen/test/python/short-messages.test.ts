// What the errors of a Python host say to people outside.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { python } from '../support/toolchains.js'
import { HostPrograms } from './host-programs.js'

interface Told {
  code: string | number
  message: string
  short: string
  copies: string[]
}

describe.skipIf(python === undefined || process.platform !== 'linux').concurrent.each(['threads', 'asyncio'])(
  'short_message, of a host on %s',
  form => {
    let programs: HostPrograms
    beforeAll(() => {
      programs = new HostPrograms('host_short_messages.py')
    })
    afterAll(() => programs.remove())

    it('has no paths, no PATH, nothing that the program wrote and no text of a failure; copies keep it', async () => {
      const found = (await programs.told('host_short_messages.py', form)) as Told[]
      const unfit = 'echo answered with something that does not fit the contract: result must be a string'
      const cancelled = form === 'threads' ? 'counted' : 'count'
      const expected = [
        ['START_FAILED', 'The program cannot be started (ENOENT)'],
        ['TIMEOUT', 'counted was not answered within its timeout of 0.05 s; it was cancelled'],
        [
          'TIMEOUT',
          'counted sent no progress, item or answer for its idle_timeout of 0.05 s; it was cancelled',
        ],
        [-32601, 'echo does not exist on the other side'],
        [-32602, 'echo was called with invalid params'],
        [-32603, 'echo failed'],
        [-32800, 'echo was cancelled'],
        [-32001, 'echo was not answered: the other side is stopping'],
        [-32003, 'echo was not answered: the other side is busy'],
        [77, 'echo failed with code 77'],
        ['INVALID_RESULT', unfit],
        ['UNREADABLE_MESSAGE', 'echo was answered with a message that cannot be read'],
        ['INVALID_PARAMS', 'echo was not sent: params/text must be a string'],
        ['CANCELLED', `${cancelled} was cancelled`],
        ['WORKER_EXITED', 'echo was not answered: the program exited with code 7'],
        ['WORKER_EXITED', 'counted was not sent: the program exited with code 7'],
        ['WORKER_EXITED', 'counted was not sent: the program exited with code 7'],
        ['WORKER_EXITED', 'echo was not answered: the program closed its stdout but is still running'],
        ['START_FAILED', 'counted was not sent: the program could not be prepared'],
        ['CONTRACT_MISMATCH', "The other side's contract does not match ours, 'conversation' 1.0.0"],
        ['START_TIMEOUT', 'No answer came within the start_timeout of 0.05 s'],
        ['MESSAGE_TOO_LARGE', 'echo was not sent: its message is over the limit of 2000 bytes'],
      ]
      expect(found.map(({ code, short }) => [code, short])).toEqual(expected)
      for (const { short, copies } of found) expect(copies).toEqual([short, short, short])
      // The messages do have what the short ones leave out.
      expect(found.filter(({ message }) => message.includes('secret'))).toHaveLength(15)
    })
  },
)
