import { expect, vi } from 'vitest'
import { row } from './row.js'

const upTo = (to: number): number[] => Array.from({ length: to }, (_, n) => n)
/** What a caller that reads nothing lets its peer send: so many items. */
const window = 4096

export const streams = [
  row('A stream delivers its items and its progress in order, then its result', async ({ driver }) => {
    const run = await driver.stream('count', { to: 1000, size: 3 })
    const { items } = await run.next(1000)
    expect(items).toEqual(upTo(1000).map(n => ({ n, fill: 'xxx' })))
    expect(await run.next(1)).toEqual({ items: [], done: true })
    expect(await run.result()).toBe(1000)
    expect(await run.progress()).toEqual([0, 100, 200, 300, 400, 500, 600, 700, 800, 900])
  }),

  row('A stream without items has its result', async ({ driver }) => {
    const run = await driver.stream('count', { to: 0 })
    expect(await run.next(1)).toEqual({ items: [], done: true })
    expect(await run.result()).toBe(0)
  }),

  row('A stream made by a coroutine is a stream like any other', async ({ driver }) => {
    const run = await driver.stream('laterCount', { to: 700 })
    expect((await run.next(701)).items).toEqual(upTo(700))
    expect(await run.result()).toBe(700)
  }),

  row('A stream that fails midway delivers the items before, then its declared error', async ({ driver }) => {
    const run = await driver.stream('count', { to: 10, failAt: 3 })
    const { items, error } = await run.next(10)
    expect(items).toEqual(upTo(3).map(n => ({ n, fill: '' })))
    const expected = { code: 1003, message: 'halted', data: { value: 3 }, declared: 'Halted' }
    expect(error).toEqual(expected)
    expect((await run.outcome()).error).toEqual(expected)
  }),

  row('A slow reader holds the child back: no item is made beyond the window', async ({ driver }) => {
    const before = (await driver.ask('counted')) as number
    const run = await driver.stream('count', { to: 10_000 })
    const { items } = await run.next(5)
    expect(items).toHaveLength(5)
    const counted = async (): Promise<number> => ((await driver.ask('counted')) as number) - before
    // A child may answer other calls while it still fills the window.
    let made = 0
    await vi.waitFor(async () => {
      const last = made
      made = await counted()
      expect(made).toBe(last)
      expect(made).toBeGreaterThanOrEqual(window)
    })
    await driver.ping()
    // One more may have been made, and waits for room.
    expect(made).toBeLessThanOrEqual(5 + window + 1)
    expect(await counted(), 'and it stays so').toBe(made)
    expect((await run.next(10_000)).items).toHaveLength(9995)
    expect(await run.result()).toBe(10_000)
  }),

  row('Large items fill the window by their bytes', async ({ driver }) => {
    const before = (await driver.ask('counted')) as number
    const run = await driver.stream('count', { to: 100, size: 300_000 })
    expect((await run.next(1)).items).toHaveLength(1)
    await driver.ping()
    // 1 MiB holds three and the one that goes over; one was read, one more may wait for room.
    expect(((await driver.ask('counted')) as number) - before).toBeLessThanOrEqual(6)
    expect((await run.next(100)).items).toHaveLength(99)
    expect(await run.result()).toBe(100)
  }),

  row('Leaving a loop early cancels the call, and the generator cleans up', async ({ driver }) => {
    const before = (await driver.all('heard')).length
    const run = await driver.stream('count', { to: 1_000_000, size: 100 })
    expect((await run.next(3)).items).toHaveLength(3)
    await run.break()
    expect((await run.outcome()).error?.code).toBe('CANCELLED')
    await vi.waitFor(async () =>
      expect((await driver.all('heard')).slice(before)).toEqual(['count ended, cancelled true']),
    )
  }),

  row('A stream method that is called without reading its items has its result', async ({ driver }) => {
    const call = await driver.call('count', { to: 5000 })
    expect(await call.result()).toBe(5000)
  }),

  row('A hundred slow streams at once hold up neither a ping nor a call', async ({ driver }) => {
    const runs = await Promise.all(Array.from({ length: 100 }, () => driver.stream('count', { to: 1000 })))
    for (const run of runs) expect((await run.next(1)).items).toEqual([{ n: 0, fill: '' }])
    await driver.ping()
    expect(await driver.ask('add', [2, 2])).toBe(4)
    for (const run of runs.slice(0, 50)) await run.break()
    for (const run of runs.slice(50)) expect((await run.next(1000)).items).toHaveLength(999)
  }),
]
