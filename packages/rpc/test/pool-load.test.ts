// Many calls of a pool or of a client that is not connected yet, given up together.
import { getEventListeners } from 'node:events'
import { afterEach, describe, expect, it } from 'vitest'
import { Client, Pool, type RpcError } from '@simple-ipc/rpc'
import { pooled } from './fixtures/pooled-contract.mjs'
import { fixture } from './start-calculator.js'

type Spec = (typeof pooled)['spec']

/** So many that it takes half a minute if each call looks at all the others. */
const many = 40_000
const quickly = { stop: { input: 0, term: 100 }, stderr: 'ignore' } as const
const neverAnswers = [process.execPath, '-e', 'setInterval(() => {}, 1000)']

let open: { stop(): Promise<void> } | undefined
afterEach(() => open?.stop())

const codesOf = async (calls: readonly Promise<unknown>[]): Promise<Set<unknown>> =>
  new Set(await Promise.all(calls.map(call => call.catch((error: unknown) => (error as RpcError).code))))

describe('A backlog', () => {
  it.each(['pool', 'client'] as const)('in a %s is given up by one signal at a linear cost', async where => {
    const one: Client<Spec> | Pool<Spec> =
      where === 'client'
        ? new Client(pooled, neverAnswers, quickly)
        : new Pool(pooled, neverAnswers, { ...quickly, size: 1, concurrency: 1, maxQueue: many })
    open = one
    const controller = new AbortController()
    const { signal } = controller
    const calls = Array.from({ length: many }, () => one.call('pid', undefined, { signal }))
    const codes = codesOf(calls)
    await Promise.resolve()
    controller.abort()
    expect(await codes).toEqual(new Set(['CANCELLED']))
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })

  it.each(['pool', 'client'] as const)('in a %s runs out of time at a linear cost', async where => {
    const one: Client<Spec> | Pool<Spec> =
      where === 'client'
        ? new Client(pooled, neverAnswers, quickly)
        : new Pool(pooled, neverAnswers, { ...quickly, size: 1, concurrency: 1, maxQueue: many })
    open = one
    const calls = Array.from({ length: many }, () => one.call('pid', undefined, { timeout: 10 }))
    expect(await codesOf(calls)).toEqual(new Set(['TIMEOUT']))
  })
})

/** What Node keeps at a signal for those made from it with AbortSignal.any. */
function dependants(signal: AbortSignal): number {
  const symbol = Object.getOwnPropertySymbols(signal).find(one => one.description === 'kDependantSignals')
  const held = symbol && (signal as unknown as Record<symbol, Set<unknown> | undefined>)[symbol]
  return held?.size ?? 0
}

it('Streams of a pool leave nothing behind at a signal that outlives them', async () => {
  const pool = new Pool(pooled, [process.execPath, fixture('pooled.mjs')], { ...quickly, size: 1 })
  open = pool
  const { signal } = new AbortController()
  for (let n = 0; n < 20; n++) {
    const seen: number[] = []
    for await (const item of pool.stream('count', { to: 2 }, { signal })) seen.push(item)
    expect(seen).toEqual([0, 1])
  }
  expect(dependants(signal)).toBe(0)
  expect(getEventListeners(signal, 'abort')).toEqual([])
})

it('Pools, their calls and their streams share a signal with one listener, and Node warns of nothing', async () => {
  const warnings: string[] = []
  const warned = (warning: Error): void => void warnings.push(warning.name)
  process.on('warning', warned)
  const { signal } = new AbortController()
  const pools = Array.from(
    { length: 12 },
    () => new Pool(pooled, [process.execPath, fixture('pooled.mjs')], { ...quickly, size: 1, signal }),
  )
  open = { stop: () => Promise.all(pools.map(one => one.stop())).then(() => undefined) }
  expect(getEventListeners(signal, 'abort')).toHaveLength(1)
  const [pool] = pools as [Pool<Spec>]
  const calls = Array.from({ length: 30 }, () => pool.call('pid', undefined, { signal }))
  const streams = Array.from({ length: 30 }, () => pool.stream('count', { to: 2 }, { signal }))
  expect(getEventListeners(signal, 'abort')).toHaveLength(1)
  await Promise.all(calls)
  for (const stream of streams) {
    const items: number[] = []
    for await (const item of stream) items.push(item)
    expect(items).toEqual([0, 1])
  }
  expect(getEventListeners(signal, 'abort')).toHaveLength(1)
  await open.stop()
  expect(getEventListeners(signal, 'abort')).toEqual([])
  expect(dependants(signal)).toBe(0)
  // Warnings are emitted at the end of the turn.
  await new Promise(resolve => setImmediate(resolve))
  process.off('warning', warned)
  expect(warnings).toEqual([])
})
