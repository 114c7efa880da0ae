import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { resolveProgram, startError } from './start-error.js'

const folder = mkdtempSync(path.join(tmpdir(), 'simple-ipc-'))
afterAll(() => rmSync(folder, { recursive: true }))

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

test('a program is the first executable file of its name in PATH, else the first file', () => {
  for (const name of ['one', 'two', 'three']) mkdirSync(path.join(folder, name))
  writeFileSync(path.join(folder, 'two', 'tool'), '')
  writeFileSync(path.join(folder, 'three', 'tool'), '')
  const env = { PATH: ['one', 'two', 'three', ''].map(name => path.join(folder, name)).join(':') }
  const found = () => resolveProgram({ command: ['tool'], cwd: undefined, env })
  expect(found()).toBe(path.join(folder, 'two', 'tool'))
  chmodSync(path.join(folder, 'three', 'tool'), 0o755)
  expect(found()).toBe(path.join(folder, 'three', 'tool'))
  expect(resolveProgram({ command: ['two/tool'], cwd: folder, env: {} })).toBe(
    path.join(folder, 'two', 'tool'),
  )
  expect(resolveProgram({ command: ['two/none'], cwd: folder, env: {} })).toBeUndefined()
  expect(resolveProgram({ command: ['tool'], cwd: folder, env: {} })).toBeUndefined()
})
