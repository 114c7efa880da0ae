import { describe, expect, test, vi } from 'vitest'
import { printable, WorkerLog } from './log.js'
import { WorkerError } from './worker-error.js'

describe('text of a program in a log', () => {
  test.each([
    ['plain äöü 日本 😀', 'plain äöü 日本 😀'],
    ['\u001b[31mred\u0007', String.raw`\x1b[31mred\x07`],
    ['a\rb\nc\td\0', String.raw`a\x0db\x0ac\x09d\x00`],
    ['\u009b2J', String.raw`\x9b2J`],
    ['\u202egnp.exe', String.raw`\u202egnp.exe`],
    ['\u2028\ufeff', String.raw`\u2028\ufeff`],
    ['x'.repeat(600), `${'x'.repeat(500)}… (600 characters)`],
  ])('%j is printed as %s', (text, expected) => {
    expect(printable(text)).toBe(expected)
  })
})

test('a logger that throws stops nothing', () => {
  const logger = { info: vi.fn(() => { throw new Error('full disk') }), error: vi.fn(() => { throw new Error('full disk') }) } // prettier-ignore
  const log = new WorkerLog(1, '/usr/bin/cat', logger)
  log.info('x')
  log.failure(new WorkerError('TIMEOUT', 'y'))
  expect(logger.info).toHaveBeenCalledWith('[worker 1 cat] x')
  expect(logger.error).toHaveBeenCalledWith('[worker 1 cat] y')
})
