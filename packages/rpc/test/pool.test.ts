import { afterEach, describe, expect, it } from 'vitest'
import { Pool, type PoolOptions } from '@simple-ipc/rpc'
import { pooled } from './fixtures/pooled-contract.mjs'
import { failureOf, fixture } from './start-calculator.js'

let pool: Pool<(typeof pooled)['spec']>
const make = (options: PoolOptions): typeof pool =>
  (pool = new Pool(pooled, [process.execPath, fixture('pooled.mjs')], { stderr: 'ignore', ...options }))
afterEach(async () => {
  await pool.stop()
})

describe('A pool', () => {
  it('starts no child before the first call, and up to its size as they are needed', async () => {
    make({ size: 3, concurrency: 3 })
    expect(pool.stats()).toMatchObject({ children: 0, started: 0 })
    const first = await pool.call('pid')
    expect(await pool.call('pid')).toBe(first)
    expect(pool.stats()).toMatchObject({ children: 1, idle: 1, running: 0, started: 1 })
    const pids = await Promise.all(Array.from({ length: 9 }, () => pool.call('pid')))
    expect(new Set(pids).size).toBe(3)
    expect(pool.stats()).toMatchObject({ children: 3, started: 3 })
  })

  it('gives each call to the child with the least to do', async () => {
    make({ size: 2 })
    const held = failureOf(pool.call('hold', { key: 'a' }))
    const pids = new Set<number>()
    for (let n = 0; n < 20; n++) pids.add(await pool.call('pid'))
    // Never the one that is busy, although it was first.
    expect(pids.size).toBe(1)
    expect(pool.stats()).toMatchObject({ children: 2, running: 1 })
    await pool.stop()
    expect(await held).toMatchObject({ code: 'STOPPED' })
  })

  it('lets calls wait when every child has enough, refuses more than it allows, and lets go those that are given up', async () => {
    make({ size: 1, concurrency: 1, maxQueue: 2 })
    const held = pool.call('pid')
    const controller = new AbortController()
    const waiting = failureOf(pool.call('pid', undefined, { signal: controller.signal }))
    const late = failureOf(pool.call('pid', undefined, { timeout: 1 }))
    expect(pool.stats()).toMatchObject({ running: 1, waiting: 2 })
    expect(await failureOf(pool.call('pid'))).toMatchObject({ code: 'QUEUE_FULL' })
    controller.abort()
    expect(await waiting).toMatchObject({ code: 'CANCELLED' })
    expect(await late).toMatchObject({ code: 'TIMEOUT' })
    const next = pool.call('pid')
    expect(await held).toBe(await next)
    expect(pool.stats()).toMatchObject({ running: 0, waiting: 0 })
  })

  it('fails only the calls of a child that dies', async () => {
    make({ size: 2 })
    const dying = failureOf(pool.call('die'))
    const other = pool.call('pid')
    expect(await dying).toMatchObject({ code: 'WORKER_EXITED', method: 'die' })
    expect(await other).toBeGreaterThan(0)
    expect(pool.stats()).toMatchObject({ died: 1, retried: 0 })
    expect(await pool.call('pid')).toBeGreaterThan(0)
  })

  it('sends an idempotent call again, and no other', async () => {
    make({ size: 1 })
    const flag = `flag-${process.pid}-${performance.now()}`
    expect(await pool.call('dieOnce', { flag })).toBe('survived')
    expect(pool.stats()).toMatchObject({ retried: 1, died: 1 })
  })

  it('replaces a child after so many calls without dropping one', async () => {
    make({ size: 2, maxCallsPerWorker: 10, concurrency: 4 })
    const pids = new Set<number>()
    while (pool.stats().recycled < 4)
      for (const pid of await Promise.all(Array.from({ length: 20 }, () => pool.call('pid')))) pids.add(pid)
    expect(pids.size).toBeGreaterThanOrEqual(4)
    expect(pool.stats()).toMatchObject({ died: 0, retried: 0, running: 0 })
  })

  it('stops children that have nothing to do', async () => {
    make({ size: 3, idleStop: 20, min: 1 })
    await Promise.all([pool.call('pid'), pool.call('pid'), pool.call('pid')])
    expect(pool.stats().started).toBe(3)
    while (pool.stats().children > 1) await new Promise(resolve => setTimeout(resolve, 5))
    await new Promise(resolve => setTimeout(resolve, 50))
    expect(pool.stats().children).toBe(1)
    expect(await pool.call('pid')).toBeGreaterThan(0)
  })

  it('streams from a child, also when the call had to wait for it', async () => {
    make({ size: 1, concurrency: 1 })
    const before = pool.call('pid')
    const run = pool.stream('count', { to: 1000 })
    const seen: number[] = []
    for await (const n of run) seen.push(n)
    expect(seen).toHaveLength(1000)
    expect(await run.result).toBe(1000)
    await before
    const left = pool.stream('count', { to: 1_000_000_000 })
    for await (const n of left) if (n === 3) break
    expect(await failureOf(left.result)).toMatchObject({ code: 'CANCELLED' })
    const unwanted = pool.stream('count', { to: 1_000_000_000 })
    unwanted.cancel()
    expect(await failureOf(unwanted.result)).toMatchObject({ code: 'CANCELLED' })
    expect(await pool.call('count', { to: 10 })).toBe(10)
    expect(pool.stats()).toMatchObject({ running: 0 })
  })

  it('tells every child, and hears all of them', async () => {
    make({ size: 2 })
    const heard = new Set<number>()
    const off = pool.on('told', ({ pid }) => heard.add(pid))
    const pids = await Promise.all([pool.call('pid'), pool.call('pid')])
    pool.notify('tell', { text: 'x' })
    while (heard.size < 2) await Promise.all([pool.call('pid'), pool.call('pid')])
    expect(heard).toEqual(new Set(pids))
    off()
  })

  it('settles everything when it is stopped', async () => {
    make({ size: 1, concurrency: 1 })
    await pool.call('pid')
    const outcomes = [
      failureOf(pool.call('hold', { key: 'x' })),
      failureOf(pool.call('pid')),
      failureOf(pool.call('pid')),
    ]
    await pool.stop()
    for (const outcome of outcomes) expect(await outcome).toMatchObject({ code: 'STOPPED' })
    expect(await failureOf(pool.call('pid'))).toMatchObject({ code: 'STOPPED' })
  })

  it('answers everything it has taken when it is drained, what waits for a child too, and takes nothing new', async () => {
    make({ size: 1, concurrency: 1, maxCallsPerWorker: 2 })
    const taken = Array.from({ length: 7 }, () => pool.call('pid'))
    const run = pool.stream('count', { to: 300 })
    expect(pool.stats().waiting).toBeGreaterThanOrEqual(6)
    const stopped = pool.stop({ drain: 60_000 })
    const refused = failureOf(pool.call('pid'))
    expect(await Promise.all(taken)).toHaveLength(7)
    const items: number[] = []
    for await (const n of run) items.push(n)
    expect(items).toHaveLength(300)
    await stopped
    expect(await refused).toMatchObject({
      code: 'STOPPED',
      message: expect.stringContaining('pool') as unknown,
    })
    expect(pool.stats()).toMatchObject({ running: 0, waiting: 0 })
  })

  it('gives up, after the time for draining, what is not answered and what waits', async () => {
    make({ size: 1, concurrency: 1 })
    const held = failureOf(pool.call('hold', { key: 'never' }))
    const waiting = failureOf(pool.call('pid'))
    await pool.stop({ drain: 20 })
    expect(await held).toMatchObject({ code: 'STOPPED' })
    expect(await waiting).toMatchObject({ code: 'STOPPED' })
  })

  it('lets calls go in the order in which they came, however full it is', async () => {
    make({ size: 1, concurrency: 1, maxQueue: 3 })
    const order: number[] = []
    const call = (n: number): Promise<unknown> => pool.call('pid').then(() => order.push(n))
    // The next one is asked for in the moment in which a place becomes free: it goes to the end of the line.
    const first = call(0).then(() => call(4))
    await Promise.all([first, call(1), call(2), call(3)])
    expect(order).toEqual([0, 1, 2, 3, 4])
  })

  it('has never more than one child too many, however often they are replaced', async () => {
    make({ size: 2, maxCallsPerWorker: 1 })
    let most = 0
    while (pool.stats().recycled < 6) {
      await Promise.all([pool.call('pid'), pool.call('pid'), pool.call('pid')])
      most = Math.max(most, pool.stats().children)
    }
    expect(most).toBe(3)
    expect(pool.stats()).toMatchObject({ running: 0, died: 0 })
  })

  it('starts nothing for a call that was cancelled before it was made, and keeps none in its queue', async () => {
    make({ size: 1, concurrency: 1 })
    const signal = AbortSignal.abort()
    expect(await failureOf(pool.call('pid', undefined, { signal }))).toMatchObject({ code: 'CANCELLED' })
    expect(pool.stats()).toMatchObject({ children: 0, started: 0 })
    const held = failureOf(pool.call('hold', { key: 'never' }))
    expect(await failureOf(pool.call('pid', undefined, { signal }))).toMatchObject({ code: 'CANCELLED' })
    const run = pool.stream('count', { to: 3 }, { signal })
    expect(await failureOf(run.result)).toMatchObject({ code: 'CANCELLED' })
    expect(pool.stats()).toMatchObject({ running: 1, waiting: 0 })
    await pool.stop()
    await held
  })

  it('counts what a call has waited in the queue towards its deadline', async () => {
    make({ size: 1, concurrency: 1 })
    await pool.call('pid')
    const held = pool.call('hold', { key: 'a' }, { timeout: 300 })
    // Timers fire in the order in which they are due, however busy the machine is.
    let later = false
    const timer = setTimeout(() => (later = true), 650)
    const waiting = failureOf(pool.call('hold', { key: 'b' }, { timeout: 500 }))
    expect(await failureOf(held)).toMatchObject({
      code: 'TIMEOUT',
      message: expect.stringContaining('300 ms') as unknown,
    })
    expect(await waiting).toMatchObject({
      code: 'TIMEOUT',
      message: expect.stringContaining('timeout of 500 ms') as unknown,
    })
    expect(later).toBe(false)
    clearTimeout(timer)
  })

  it('refuses a time that is none also while calls wait, and lets no time run out when it is debugged', async () => {
    make({ size: 1, concurrency: 1, debug: true })
    const first = pool.call('pid')
    const second = pool.call('pid', undefined, { timeout: 1 })
    expect(await failureOf(pool.call('pid', undefined, { timeout: -5 }))).toBeInstanceOf(TypeError)
    expect(await first).toBe(await second)
  })

  it('cancels a stream whenever it is given up', async () => {
    make({ size: 1 })
    await pool.call('pid')
    for (let turns = 0; turns < 12; turns++) {
      const run = pool.stream('count', { to: 1_000_000_000 })
      for (let n = 0; n < turns; n++) await Promise.resolve()
      run.cancel()
      expect(await failureOf(run.result)).toMatchObject({ code: 'CANCELLED' })
    }
    expect(pool.stats()).toMatchObject({ running: 0 })
  })

  it('replaces a child that ended in a way after which the policy restarts nothing', async () => {
    make({ size: 1, restart: { max: 3, withinMs: 60_000, backoff: { initial: 1 } } })
    const first = await pool.call('pid')
    // Code 0 is not a failure.
    await failureOf(pool.call('finish'))
    expect(await pool.call('pid')).not.toBe(first)
    expect(pool.stats()).toMatchObject({ children: 1, started: 2, died: 1 })
  })

  it('counts a child as dead that died while something else held its output, whatever became of its call', async () => {
    const command = ['sh', '-c', 'sleep 3 & read line; exit 3']
    pool = new Pool(pooled, command, { size: 1, verify: false, leftovers: 'keep', stderr: 'ignore' })
    const died = new Promise<void>(resolve => {
      const look = (): void => {
        if (pool.stats().died > 0) resolve()
        else setTimeout(look, 5)
      }
      look()
    })
    expect(await failureOf(pool.call('die', undefined, { timeout: 300 }))).toMatchObject({ code: 'TIMEOUT' })
    await died
    expect(pool.stats()).toMatchObject({ children: 0, died: 1, recycled: 0 })
  })

  it('refuses options that make no sense', () => {
    make({})
    for (const options of [
      { size: 0 },
      { size: 1.5 },
      { concurrency: -1 },
      { idleStop: -1 },
      { maxQueue: NaN },
    ])
      expect(() => new Pool(pooled, ['x'], options)).toThrow(TypeError)
    expect(() => new Pool(pooled, '', {})).toThrow(TypeError)
  })

  it('fails calls when its program cannot be started, and does not try for ever', async () => {
    pool = new Pool(pooled, ['/does/not/exist'], {
      size: 2,
      verbose: { info: () => undefined, error: () => undefined },
    })
    const errors = await Promise.all([failureOf(pool.call('pid')), failureOf(pool.call('die'))])
    for (const error of errors) expect(error).toMatchObject({ code: 'WORKER_EXITED' })
    expect(pool.stats().children).toBe(0)
  })
})
