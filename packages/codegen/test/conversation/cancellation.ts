import { expect, vi } from 'vitest'
import { row } from './row.js'

export const cancellation = [
  row('Cancelling settles the call at once and reaches the handler', async ({ driver }) => {
    const before = (await driver.all('heard')).length
    const slow = await driver.call('slow', { seconds: 600 })
    expect(await driver.ask('add', [1, 1])).toBe(2)
    await slow.cancel()
    expect((await slow.outcome()).error?.code).toBe('CANCELLED')
    await vi.waitFor(async () =>
      expect((await driver.all('heard')).slice(before)).toEqual(['slow ended, cancelled true']),
    )
  }),

  row('A call that is out of time fails and is cancelled in the child', async ({ driver }) => {
    const before = (await driver.all('heard')).length
    const slow = await driver.call('slow', { seconds: 600 }, 50)
    expect((await slow.outcome()).error?.code).toBe('TIMEOUT')
    await vi.waitFor(async () =>
      expect((await driver.all('heard')).slice(before)).toEqual(['slow ended, cancelled true']),
    )
  }),

  row('A call answered in time is not harmed by its timeout', async ({ driver }) => {
    expect(await (await driver.call('add', [1, 2], 20_000)).result()).toBe(3)
  }),

  row('Cancelling a stream ends its loop with that error', async ({ driver }) => {
    const run = await driver.stream('count', { to: 1_000_000 })
    expect((await run.next(1)).items).toHaveLength(1)
    await run.cancel()
    const { error } = await run.next(1_000_000)
    expect(error?.code).toBe('CANCELLED')
    expect(await driver.ask('add', [1, 1])).toBe(2)
  }),

  row('Cancelling what is already answered does nothing', async ({ driver }) => {
    const call = await driver.call('add', [1, 1])
    expect(await call.result()).toBe(2)
    await call.cancel()
    expect(await call.result()).toBe(2)
  }),
]
