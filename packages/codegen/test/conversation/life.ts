import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { expect, vi } from 'vitest'
import type { Driver } from './driver.js'
import { alone } from './row.js'

export const life = [
  alone(
    'A child is prepared before any other call is sent: it is called, told and answered',
    async ({ driver }) => {
      const told = await driver.call('told')
      const isPreparing = async (): Promise<void> => expect(await driver.all('heard')).toEqual(['nested 3'])
      await vi.waitFor(isPreparing, { timeout: 20_000 })
      await driver.release()
      expect(await told.result()).toEqual(['preparing', 'prepared'])
      expect(await driver.ask('nest', { depth: 3 })).toBe(3)
    },
    { onStart: 'prepare' },
  ),

  alone(
    'A child that cannot be prepared is stopped, and its calls fail with the reason',
    async ({ driver, pid }) => {
      const { error } = await driver.outcome('add', [1, 1])
      expect(error?.message).toMatch(/^add was not sent: .*on purpose, after 3/)
      expect(['START_FAILED', 'WORKER_EXITED']).toContain(error?.code)
      await vi.waitFor(() => expect(lives(pid)).toBe(false), { timeout: 20_000 })
      expect((await driver.outcome('add', [1, 1])).error?.message).toMatch(/^add was not sent: /)
    },
    { onStart: 'fail' },
  ),

  alone('Stopping settles calls under way, and the child exits with 0', async ({ driver, pid }) => {
    const slow = await driver.call('slow', { seconds: 600 })
    expect(await driver.ask('add', [1, 1])).toBe(2)
    expect(await driver.stop()).toEqual({ code: 0, signal: null })
    expect((await slow.outcome()).error?.code).toBe('STOPPED')
    expect((await driver.outcome('add', [1, 1])).error?.code, 'a later call is refused').toBe('STOPPED')
    expect(lives(pid)).toBe(false)
  }),

  alone(
    'A child that does not hear the end of its input is ended by SIGTERM',
    async ({ driver, pid }) => {
      await beStubborn(driver, false)
      expect(await driver.stop()).toMatchObject({ signal: 'SIGTERM' })
      expect(lives(pid)).toBe(false)
    },
    // It needs time for SIGTERM, on a machine that is busy too.
    { input: 200 },
  ),

  alone(
    'A child that is deaf to SIGTERM too is killed',
    async ({ driver, pid }) => {
      await beStubborn(driver, true)
      expect(await driver.stop()).toMatchObject({ signal: 'SIGKILL' })
      expect(lives(pid)).toBe(false)
    },
    { input: 200, term: 200 },
  ),

  alone(
    'A child that dies fails its calls, and says how it died and on what it worked',
    async ({ driver }) => {
      const slow = await driver.call('slow', { seconds: 600 })
      const { error } = await driver.outcome('quit', { code: 3, text: '\tout of memory, or so' })
      expect(error?.code).toBe('WORKER_EXITED')
      expect(error?.message).toMatch(/exited with code 3 after [\d.]+ m?s/)
      expect(error?.message).toMatch(/last lines of stderr:\n(?: {2}\|.*\n)* {2}\| {5}out of memory, or so/)
      expect(error?.message).toMatch(/in flight: slow, quit/)
      expect((await slow.outcome()).error?.code).toBe('WORKER_EXITED')
      const later = (await driver.outcome('add', [1, 1])).error
      expect(later).toMatchObject({
        code: 'WORKER_EXITED',
        message: expect.stringMatching(/not sent/) as string,
      })
    },
  ),

  alone('A child that is killed fails its calls, and the signal is named', async ({ driver, pid }) => {
    const slow = await driver.call('slow', { seconds: 600 })
    await driver.ping()
    process.kill(pid, 'SIGKILL')
    const { error } = await slow.outcome()
    expect(error?.code).toBe('WORKER_EXITED')
    expect(error?.message).toMatch(/was ended by SIGKILL after [\d.]+ m?s/)
  }),

  alone('A host that has nothing more to do takes its child with it', async ({ driver, pid }) => {
    await driver.call('slow', { seconds: 600 })
    expect(await driver.end()).toBe(0)
    expect(lives(pid)).toBe(false)
  }),

  alone('A host that is killed leaves no child, although the child is busy', async ({ driver, pid }) => {
    await beStubborn(driver, true)
    driver.process.kill('SIGKILL')
    await once(driver.process, 'exit')
    await vi.waitFor(() => expect(lives(pid)).toBe(false), { timeout: 2000 })
  }),
]

/** Resolves when the child's handler hears nothing any more: before that, the call would be cancelled in the queue. */
async function beStubborn(driver: Driver, deaf: boolean): Promise<void> {
  await driver.call('stubborn', { seconds: 600, deaf })
  const isStubborn = async (): Promise<void> => expect(await driver.all('stderr')).toContain('stubborn')
  await vi.waitFor(isStubborn, { timeout: 20_000 })
}

/** Dead and not yet collected by its new parent is dead. */
function lives(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  try {
    return !/^\d+ \(.*\) [ZX]/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return process.platform !== 'linux'
  }
}
