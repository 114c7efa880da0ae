import { expect } from 'vitest'
import { row } from './row.js'

export const callbacks = [
  row('Host and child call each other, eight deep', async ({ driver }) => {
    expect(await driver.ask('nest', { depth: 8 })).toBe(8)
  }),

  row('Four nested calls at once each come back with their own answer', async ({ driver }) => {
    const nests = await Promise.all([1, 4, 6, 8].map(depth => driver.call('nest', { depth })))
    expect(await Promise.all(nests.map(call => call.result()))).toEqual([1, 4, 6, 8])
  }),

  row('A stream of the host reaches the child, and its result after it', async ({ driver }) => {
    const sums = await Promise.all(Array.from({ length: 20 }, () => driver.call('sum', { to: 1000 })))
    for (const sum of sums) expect(await sum.result()).toBe((1000 * 999) / 2 + 1_000_000)
  }),

  row('A declared error of the host reaches the child as its own type', async ({ driver }) => {
    expect(await driver.ask('sum', { to: -1 })).toBe(42)
  }),

  row('Notifications are heard in their order, before a later call', async ({ driver }) => {
    const before = ((await driver.ask('told')) as unknown[]).length
    const texts = Array.from({ length: 50 }, (_, n) => `note ${n}`)
    for (const [n, text] of texts.entries()) await driver.notify(n % 2 ? 'tell' : 'tellAndReport', { text })
    expect(((await driver.ask('told')) as unknown[]).slice(before)).toEqual(texts)
  }),

  row('What the child tells before an answer is heard before that answer', async ({ driver }) => {
    const before = (await driver.all('heard')).length
    expect(await driver.ask('slow', { seconds: 0 })).toBe(false)
    expect((await driver.all('heard')).slice(before)).toEqual(['slow ended, cancelled false'])
  }),
]
