import { Pool, type CallOptions } from '@simple-ipc/rpc'
import { describe, expect, it } from 'vitest'
import { calculator } from './fixtures/calculator-contract.mjs'
import { failureOf, fixture, startCalculator } from './start-calculator.js'

const host = { confirm: () => true, nest: () => 0 }

/** Keeps this program busy, so that it reads nothing. */
function block(ms: number): void {
  for (const until = Date.now() + ms; Date.now() < until;);
}
const written = () => new Promise(resolve => setImmediate(resolve))

describe('A host that was busy for longer than a deadline', () => {
  it.each<CallOptions>([{ timeout: 200 }, { idleTimeout: 200 }])(
    'takes the answer that has arrived: %j',
    async options => {
      await using client = startCalculator()
      await client.call('add', { a: 1, b: 1 })
      const answer = client.call('add', { a: 1, b: 2 }, options)
      await written()
      block(600)
      expect(await answer).toBe(3)
    },
  )

  it('takes the first answer of a program that has a startTimeout', async () => {
    await using client = startCalculator({ startTimeout: 3000 })
    const answer = client.call('add', { a: 1, b: 2 })
    await written()
    block(3500)
    expect(await answer).toBe(3)
  })

  it('takes the answers of a client that is stopped and drained', async () => {
    await using client = startCalculator()
    await client.call('add', { a: 1, b: 1 })
    const answer = client.call('add', { a: 1, b: 2 })
    await written()
    const stopped = client.stop({ drain: 200 })
    block(600)
    expect(await answer).toBe(3)
    await stopped
  })

  it('reads items before it calls a stream silent', async () => {
    await using client = startCalculator()
    await client.call('add', { a: 1, b: 1 })
    const result = client.call('count', { to: 1000 }, { idleTimeout: 200 })
    await written()
    block(600)
    expect(await result).toBe(1000)
  })
})

describe('A duration without end', () => {
  it.each([Infinity, 2 ** 31, 2 ** 31 - 1])(
    'of a drain, %d ms, waits for the calls of a client and of a pool',
    async drain => {
      const client = startCalculator()
      const pool = new Pool(calculator, [process.execPath, fixture('calculator.mjs')], {
        stderr: 'ignore',
        host,
        size: 1,
      })
      await Promise.all([client.call('told'), pool.call('told')])
      const calls = [client.call('count', { to: 20_000 }), pool.call('count', { to: 20_000 })]
      await Promise.all([client.stop({ drain }), pool.stop({ drain })])
      expect(await Promise.all(calls)).toEqual([20_000, 20_000])
    },
  )

  it.each([Infinity, 2 ** 31])('of a heartbeat, %d ms, pings never', async every => {
    let pings = 0
    await using client = startCalculator({
      heartbeat: { every },
      trace: ({ method }) => {
        if (method === 'rpc.ping') pings++
      },
    })
    await client.call('count', { to: 5000 })
    expect(pings).toBe(0)
  })

  it.each<object>([
    { timeout: Infinity },
    { timeout: 2 ** 31 },
    { idleTimeout: Infinity },
    { idleTimeout: 2 ** 32 },
  ])('of a call sets no limit: %j', async options => {
    await using client = startCalculator({ startTimeout: 2 ** 31, idleStop: Infinity })
    expect(await client.call('count', { to: 100 }, options)).toBe(100)
  })
})

it.each([Number.NaN, -1, '500'])('A drain of %j is rejected, and stops nothing', async drain => {
  await using client = startCalculator()
  await client.call('told')
  const answer = client.call('add', { a: 1, b: 2 })
  expect(await failureOf(client.stop({ drain: drain as number }))).toBeInstanceOf(TypeError)
  expect(await answer).toBe(3)
})
