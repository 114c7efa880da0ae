import { describe, expect, test } from 'vitest'
import { startError } from './start-error.js'

const failure = (code: string) => Object.assign(new Error(`spawn cat ${code}`), { code })
const attempt = { command: ['cat'] as const, cwd: '/', env: { PATH: '/usr/bin:/bin' } }

describe('the error of a start', () => {
  test.each([
    [
      'ENOEXEC',
      /cat is no program for this system \(ENOEXEC\): wrong processor, or a script without a #! line \(cwd \/; PATH \/usr\/bin:\/bin\)/,
    ],
    ['EMFILE', /too many open files \(EMFILE\): .* raise ulimit -n \(cwd \/; PATH/],
    ['ENFILE', /too many open files \(ENFILE\)/],
    ['EAGAIN', /no room for another process \(EAGAIN\): stop workers that are done, or raise ulimit -u/],
    ['E2BIG', /too long for this system \(E2BIG\): send the data through stdin/],
    ['EWHATEVER', /^Cannot start cat: spawn cat EWHATEVER$/],
  ])('%s says what to do', (code, message) => {
    const cause = failure(code)
    expect(startError(cause, attempt)).toMatchObject({
      code: 'START_FAILED',
      message: expect.stringMatching(message) as string,
      cause,
    })
  })

  test('of what is no error says what it is', () => {
    expect(startError('odd', attempt).message).toBe('Cannot start cat: odd')
  })

  test('escapes control characters of names', () => {
    expect(startError(failure('ENOENT'), { ...attempt, command: ['no\u001b[2J'] }).message).toContain(
      String.raw`Cannot start 'no\x1b[2J': no such program (ENOENT): looked for no\x1b[2J in each folder`,
    )
  })
})
