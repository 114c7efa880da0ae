// How much memory a host in Python takes whose child floods it and never reads, with the limits that it has by itself.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { python } from '../support/toolchains.js'
import { HostPrograms } from './host-programs.js'

let programs: HostPrograms
beforeAll(() => {
  programs = new HostPrograms('host_unread.py')
})
afterAll(() => programs.remove())

describe.skipIf(python === undefined || process.platform === 'win32').each(['threads', 'coroutines'])(
  'a host in Python for %s',
  form => {
    it.each(['requests', 'pings'])(
      'takes a bounded amount of memory when a child floods it with %s',
      { timeout: 600_000 },
      async what => {
        const told = await programs.told('host_unread.py', form, 'memory', what, '-1')
        const [code, megabytes] = told as [string, number]
        expect(code).toBe('QUEUE_FULL')
        expect(megabytes).toBeLessThan(1000)
      },
    )
  },
)
