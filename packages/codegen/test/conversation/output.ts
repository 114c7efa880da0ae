import { expect, vi } from 'vitest'
import { row, through } from './row.js'

const printed = '{"jsonrpc":"2.0","id":1,"result":"from print"}'
const subprocess = 'from a subprocess'
const native = 'from below'

export const output = [
  row('Stray prints disturb nothing and are not lost', async ({ driver, child }) => {
    await driver.ask('noise')
    const [stderr, lines] = child.ownsDescriptors
      ? [[printed, subprocess, native], []]
      : [[printed, subprocess], [native]]
    await vi.waitFor(async () => expect(await driver.all('stderr')).toEqual(expect.arrayContaining(stderr)))
    await vi.waitFor(async () => expect(await driver.all('lines')).toEqual(expect.arrayContaining(lines)))
    expect(await driver.ask('add', [1, 1])).toBe(2)
  }),

  row('A plain line of the child reaches the host, before the answer that follows it', async ({ driver }) => {
    await driver.ask('say', { text: 'a plain line, “quoted”' })
    expect(await driver.all('lines')).toContain('a plain line, “quoted”')
  }),

  row('A plain line of the host is no message: the child copies it to its stderr', async ({ driver }) => {
    await driver.line('hello in plain text')
    expect(await driver.ask('add', [1, 1])).toBe(2)
    await vi.waitFor(async () => expect(await driver.all('stderr')).toContain('hello in plain text'))
  }),

  through(['launcher.mjs'], 'The chatter of a launcher is plain lines', async ({ driver }) => {
    expect(await driver.ask('add', [1, 1])).toBe(2)
    expect((await driver.all('lines')).slice(0, 2)).toEqual(['> starting the child', '{"progress": 100}'])
  }),
]
