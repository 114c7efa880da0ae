// A timeout fails no call whose answer has arrived, however busy the host was when it did.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { python } from '../support/toolchains.js'
import { HostPrograms } from './host-programs.js'

let programs: HostPrograms
beforeAll(() => {
  programs = new HostPrograms('host_deadlines.py')
})
afterAll(() => programs.remove())

describe.skipIf(python === undefined || process.platform === 'win32').each(['threads', 'coroutines'])(
  'a host in Python for %s gets an answer that arrived in time',
  form => {
    it.each([
      ['its thread was asleep', 'sleep'],
      ['no thread of its could run', 'lock'],
      ['two thousand notifications came before', 'behind'],
      ['the handler of a notification that came before takes longer', 'slow'],
    ])('although %s', { timeout: 60_000 }, async (_, scenario) => {
      expect(await programs.told('host_deadlines.py', form, scenario)).toEqual(['here', 'here'])
    })
  },
)
