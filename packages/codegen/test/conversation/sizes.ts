import { expect } from 'vitest'
import { row } from './row.js'

const limit = 64 * 1024 * 1024

export const sizes = [
  row('A message of eight megabytes goes there and comes back', async ({ driver }) => {
    const text = 'é'.repeat(4_000_000)
    expect((await driver.ask('echo', { text })) === text, 'the same text').toBe(true)
  }),

  row('A request over the size limit fails alone, and is not sent', async ({ driver }) => {
    const other = await driver.call('slow', { seconds: 0.2 })
    expect((await driver.outcome('echo', { text: 'x'.repeat(limit) })).error?.code).toBe('MESSAGE_TOO_LARGE')
    expect(await driver.ask('add', [1, 1])).toBe(2)
    expect(await other.result()).toBe(false)
  }),

  row('A result over the size limit fails its call alone', async ({ driver }) => {
    const { error } = await driver.outcome('fill', { size: limit })
    expect(error).toMatchObject({ code: -32603, data: { reason: 'MESSAGE_TOO_LARGE' } })
    expect(await driver.ask('add', [1, 1])).toBe(2)
  }),
]
