import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Client, createPair, type Framing } from '@simple-ipc/rpc'
import { describe, expect, it } from 'vitest'
import { calculator } from './fixtures/calculator-contract.mjs'
import { fixture } from './start-calculator.js'

const host = { confirm: () => true, nest: () => 0 }
const text = (size: number): string => 'x'.repeat(size)

const framings: readonly Framing[] = ['lines', 'headers']
const sizes = [100, 20_000, 1_000_000]
const cases = framings.flatMap(framing => sizes.map(size => ({ framing, size })))

describe('A notification directly before stop()', () => {
  async function heardBy(
    { framing, size }: (typeof cases)[number],
    options: { verify?: boolean; answered?: boolean },
  ): Promise<string> {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'notified-')), 'heard')
    const client = new Client(
      calculator,
      [process.execPath, fixture('keeps-what-it-hears.mjs'), framing, file],
      {
        stderr: 'ignore',
        framing,
        host,
        ...(options.verify === false && { verify: false }),
      },
    )
    if (options.answered === true) await client.call('told')
    client.notify('tell', { text: text(size) })
    await client.stop({ input: 20_000 })
    return readFileSync(file, 'utf8')
  }

  it.each(cases)('arrives at a program that has answered: $size bytes over $framing', async one => {
    expect(await heardBy(one, { answered: true })).toBe(`${one.size}\n`)
  })

  it.each(cases)('arrives at one that has just been started: $size bytes over $framing', async one => {
    expect(await heardBy(one, {})).toBe(`${one.size}\n`)
    expect(await heardBy(one, { verify: false })).toBe(`${one.size}\n`)
  })

  it('arrives at the other end of a connection that is closed', async () => {
    const heard: number[] = []
    const child = { tell: (params: { text: string }) => heard.push(params.text.length) }
    const { client, server } = createPair(calculator, child as never, { host })
    client.notify('tell', { text: text(20_000) })
    client.close()
    await server.closed
    expect(heard).toEqual([20_000])
  })
})

describe('A Node child that is given', () => {
  const tell = (framing: Framing, size: number): string => {
    const json = JSON.stringify({ jsonrpc: '2.0', method: 'tell', params: { text: text(size) } })
    return framing === 'lines' ? `${json}\n` : `Content-Length: ${json.length}\r\n\r\n${json}`
  }
  it.each(cases)(
    'notifications of $size bytes over $framing and the end of its input hears all of them',
    one => {
      const file = path.join(mkdtempSync(path.join(tmpdir(), 'notified-')), 'heard')
      execFileSync(process.execPath, [fixture('keeps-what-it-hears.mjs'), one.framing, file], {
        input: tell(one.framing, one.size) + tell(one.framing, 5) + tell(one.framing, one.size),
      })
      expect(readFileSync(file, 'utf8')).toBe(`${one.size}\n5\n${one.size}\n`)
    },
  )
})
