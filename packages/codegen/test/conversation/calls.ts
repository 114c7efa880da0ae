import { expect } from 'vitest'
import { row } from './row.js'

const notSafe = 'must be an integer from -9007199254740991 to 9007199254740991'

export const calls = [
  row('Params by position and by name arrive, and the result comes back', async ({ driver }) => {
    expect(await driver.ask('add', [1, 2.5])).toBe(3.5)
    expect(await driver.ask('echo', { text: 'by name' })).toBe('by name')
  }),

  row('A method without params and result is answered', async ({ driver }) => {
    expect((await driver.ask('nothing')) ?? null).toBeNull()
  }),

  row(
    'Text of every script, with quotes and control characters, comes back as it was',
    async ({ driver }) => {
      const text = 'ä 名前 😀 \u2028 \u0000 \u001b "quotes" \\ back / \r\n\t \ufeff'
      expect(await driver.ask('echo', { text })).toBe(text)
    },
  ),

  row('Two thousand calls under way at once each get their own answer', async ({ driver }) => {
    const under = await Promise.all(Array.from({ length: 2000 }, (_, n) => driver.call('add', [n, 0.5])))
    expect(await Promise.all(under.map(call => call.result()))).toEqual(
      Array.from({ length: 2000 }, (_, n) => n + 0.5),
    )
  }),

  row('Handlers that wait let others answer first', async ({ driver }) => {
    const slow = await driver.call('slow', { seconds: 0.3 })
    const later = await Promise.all([1, 2, 3].map(value => driver.call('later', { value })))
    expect(await Promise.all(later.map(call => call.result()))).toEqual([2, 4, 6])
    expect(await driver.ask('add', [1, 1])).toBe(2)
    expect(await slow.result()).toBe(false)
  }),

  row(
    'Params that do not fit are refused with path and words, and the session goes on',
    async ({ driver }) => {
      const { error } = await driver.outcome('sum', { to: 2 ** 60 })
      expect(['INVALID_PARAMS', -32602]).toContain(error?.code)
      expect(error?.data).toEqual({ issues: [{ path: '/to', message: notSafe }] })
      expect(await driver.ask('add', [1, 1])).toBe(2)
    },
  ),

  row('A declared error comes as its own type, with message and data', async ({ driver }) => {
    expect(await driver.outcome('fail', { how: 'declared' })).toEqual({
      error: { code: 1001, message: 'as declared', data: { value: 1.5 }, declared: 'Declared' },
    })
  }),

  row('A declared error without data comes as its own type too', async ({ driver }) => {
    const { error } = await driver.outcome('fail', { how: 'bare' })
    expect(error).toMatchObject({ code: 1002, message: 'Bare', declared: 'Bare' })
    expect(error?.data ?? null).toBeNull()
  }),

  row(
    'A handler that crashes fails its call with a message that names the crash',
    async ({ driver, child }) => {
      const { error } = await driver.outcome('fail', { how: 'crash' })
      expect(error).toMatchObject({ code: -32603, message: child.crash })
      expect(error?.declared ?? null).toBeNull()
      expect(await driver.ask('add', [1, 1])).toBe(2)
    },
  ),

  row('A result that does not fit the contract fails its call, with path and words', async ({ driver }) => {
    const { error } = await driver.outcome('fail', { how: 'result' })
    expect(error).toMatchObject({ code: -32603, data: { issues: [{ path: '', message: notSafe }] } })
  }),
]
