/* eslint-disable @typescript-eslint/require-await -- a producer need not wait for anything */
import { afterEach, describe, expect, it } from 'vitest'
import { createPair, defineContract, Type, type Client } from '@simple-ipc/rpc'
import { failureOf, startCalculator, type Calculator } from './start-calculator.js'
import { rawChild, rawHost } from './raw-peer.js'

let client: Client<Calculator>

const items = (id: unknown, ...numbers: number[]) => ({
  jsonrpc: '2.0',
  method: '$/items',
  params: { id, values: numbers.map(n => ({ n })) },
})

/** The numbers of so many items, which come in messages of several. */
async function numbersFrom(host: { next(): Promise<object> }, count: number): Promise<number[]> {
  const numbers: number[] = []
  while (numbers.length < count) {
    const { params } = (await host.next()) as { params: { id: unknown; values: { n: number }[] } }
    expect(params.id).toBe(1)
    expect(params.values.length).toBeLessThanOrEqual(256)
    numbers.push(...params.values.map(({ n }) => n))
  }
  return numbers
}
const upTo = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i)

describe('A stream from a child', () => {
  afterEach(async () => {
    await client.stop()
  })

  it('hands out every item in order, then its result', async () => {
    client = startCalculator()
    const run = client.stream('count', { to: 3000 })
    const seen: number[] = []
    for await (const { n } of run) seen.push(n)
    expect(seen).toEqual(Array.from({ length: 3000 }, (_, n) => n))
    expect(await run.result).toBe(3000)
  })

  it('called without a stream runs to its end', async () => {
    client = startCalculator()
    expect(await client.call('count', { to: 3000, pad: 1000 })).toBe(3000)
  })

  it('whose result is awaited without a loop runs to its end', async () => {
    client = startCalculator()
    const run = client.stream('count', { to: 3000, pad: 1000 })
    expect(await run.result).toBe(3000)
  })

  it('ends the call when the loop is left early', async () => {
    client = startCalculator()
    const run = client.stream('count', { to: 1_000_000_000 })
    for await (const { n } of run) if (n === 10) break
    expect(await failureOf(run.result)).toMatchObject({ code: 'CANCELLED' })
    expect(await client.call('add', { a: 1, b: 1 })).toBe(2)
  })

  it('ends the call when the loop’s body throws', async () => {
    client = startCalculator()
    const run = client.stream('count', { to: 1_000_000_000 })
    const loop = (async () => {
      for await (const { n } of run) if (n === 5) throw new Error('mine')
    })()
    expect(await failureOf(loop)).toMatchObject({ message: 'mine' })
    expect(await failureOf(run.result)).toMatchObject({ code: 'CANCELLED' })
  })

  it('throws in the loop what the call was rejected with', async () => {
    client = startCalculator()
    const run = client.stream('count', { to: 1_000_000_000 }, { timeout: 300 })
    const loop = (async () => {
      for await (const item of run) expect(item.n).toBeTypeOf('number')
    })()
    expect(await failureOf(loop)).toMatchObject({ code: 'TIMEOUT' })
    expect(await failureOf(run.result)).toMatchObject({ code: 'TIMEOUT' })
  })

  it('can be cancelled from outside while a loop waits', async () => {
    client = startCalculator()
    const run = client.stream('count', { to: 1_000_000_000 })
    const loop = (async () => {
      for await (const { n } of run) if (n === 5) run.cancel('enough')
    })()
    expect(await failureOf(loop)).toMatchObject({ code: 'CANCELLED', cause: 'enough' })
  })

  it('lets its loop call the child again for each item', async () => {
    client = startCalculator()
    let sum = 0
    for await (const { n } of client.stream('count', { to: 600 }))
      sum = await client.call('add', { a: sum, b: n })
    expect(sum).toBe((599 * 600) / 2)
  })

  it('reports progress beside its items', async () => {
    client = startCalculator()
    const reports: number[] = []
    await client.call('count', { to: 500 }, { onProgress: n => reports.push(n) })
    expect(reports).toEqual([0, 100, 200, 300, 400])
  })

  it('waits for its reader, a hundred of them beside small calls that stay fast', async () => {
    client = startCalculator()
    const runs = Array.from({ length: 100 }, () => client.stream('count', { to: 1_000_000_000, pad: 100 }))
    const loops = runs.map(run => run[Symbol.asyncIterator]())
    for (const loop of loops) expect((await loop.next()).value).toMatchObject({ n: 0 })
    for (let n = 0; n < 100; n++) {
      expect(await client.call('add', { a: n, b: 1 })).toBe(n + 1)
      await client.ping()
      for (const loop of loops) await loop.next()
    }
    for (const run of runs) run.cancel()
    for (const run of runs) expect(await failureOf(run.result)).toMatchObject({ code: 'CANCELLED' })
  })

  it('is never an unhandled rejection', async () => {
    client = startCalculator()
    const unhandled: unknown[] = []
    const note = (error: unknown) => unhandled.push(error)
    process.on('unhandledRejection', note)
    const run = client.stream('count', { to: 1_000_000_000 })
    run.cancel()
    client.stream('count', { to: 10 }, { signal: AbortSignal.abort() })
    await client.call('told')
    await new Promise(resolve => setImmediate(resolve))
    process.off('unhandledRejection', note)
    expect(unhandled).toEqual([])
  })

  it('lets go what was begun when the child dies', async () => {
    client = startCalculator()
    const run = client.stream('count', { to: 1_000_000_000 })
    const loop = (async () => {
      for await (const { n } of run) if (n === 5) void client.call('die', { code: 1 }).catch(() => undefined)
    })()
    expect(await failureOf(loop)).toMatchObject({ code: 'WORKER_EXITED' })
  })
})

describe('The window of a stream', () => {
  it('lets a producer send 4096 items, several in a message, and more only as they are acknowledged', async () => {
    const { host } = rawChild()
    host.say({ jsonrpc: '2.0', id: 1, method: 'count', params: { to: 10_000 } })
    expect(await numbersFrom(host, 4096)).toEqual(upTo(0, 4096))
    expect(await host.untilQuiet()).toEqual([])
    host.say({ jsonrpc: '2.0', method: '$/credit', params: { id: 1, items: 2 } })
    expect(await host.next()).toEqual(items(1, 4096, 4097))
    for (const items of [0, -1, 1.5, '3', null, {}])
      host.say({ jsonrpc: '2.0', method: '$/credit', params: { id: 1, items } })
    host.say(
      { jsonrpc: '2.0', method: '$/credit', params: { id: 2, items: 5 } },
      { jsonrpc: '2.0', method: '$/credit' },
    )
    expect(await host.untilQuiet()).toEqual([])
    host.say({ jsonrpc: '2.0', method: '$/credit', params: { id: 1, items: 1e15 } })
    expect(await numbersFrom(host, 4096)).toEqual(upTo(4098, 8194))
    expect(await host.untilQuiet()).toEqual([])
    host.say({ jsonrpc: '2.0', method: '$/cancelRequest', params: { id: 1 } })
    expect(await host.next()).toMatchObject({ id: 1, error: { code: -32800 } })
  })

  it.each([1, 200, 256, 257, 5000])(
    'is still open when its reader gives credit, with texts of %d letters',
    async size => {
      const { host } = rawChild()
      host.say({ jsonrpc: '2.0', id: 1, method: 'count', params: { to: 20_000, pad: size } })
      let items = 0
      let bytes = 0
      // So much a reader has read at most when it gives credit.
      while (items < 2048 && bytes < 512 * 1024) {
        const message = (await host.next()) as { params: { values: unknown[] } }
        items += message.params.values.length
        bytes += JSON.stringify(message).length
      }
      expect(items).toBeGreaterThan(0)
      host.say({ jsonrpc: '2.0', method: '$/cancelRequest', params: { id: 1 } })
    },
  )

  it('sends no message that is larger than the limit, however many items there are', async () => {
    const { host } = rawChild({ maxMessageBytes: 2000 })
    host.say({ jsonrpc: '2.0', id: 1, method: 'count', params: { to: 200, pad: 400 } })
    let items = 0
    for (;;) {
      const message = (await host.next()) as { id?: unknown; params?: { values: unknown[] } }
      expect(Buffer.byteLength(JSON.stringify(message))).toBeLessThanOrEqual(2000)
      if (message.id === 1) break
      items += message.params?.values.length ?? 0
    }
    expect(items).toBe(200)
  })

  it('is acknowledged by the reader at the end of a turn in which nothing is left unread', async () => {
    const { client, child } = rawHost()
    const run = client.stream('count', { to: 5 })
    const loop = run[Symbol.asyncIterator]()
    const { id } = await child.next()
    child.say(items(id, 0, 1))
    await loop.next()
    expect(await child.untilQuiet()).toEqual([])
    await loop.next()
    expect(await child.next()).toEqual({ jsonrpc: '2.0', method: '$/credit', params: { id, items: 2 } })
    client.close()
  })

  it('is acknowledged after 2048 items, although more wait', async () => {
    const { client, child } = rawHost()
    const run = client.stream('count', { to: 5 })
    const loop = run[Symbol.asyncIterator]()
    const { id } = await child.next()
    for (let n = 0; n < 3000; n += 100) child.say(items(id, ...upTo(n, n + 100)))
    await child.untilQuiet()
    for (let n = 0; n < 2048; n++) await loop.next()
    expect(await child.next()).toEqual({ jsonrpc: '2.0', method: '$/credit', params: { id, items: 2048 } })
    client.close()
  })

  it('is acknowledged after half a megabyte, although more waits', async () => {
    const { client, child } = rawHost()
    const run = client.stream('count', { to: 5 })
    const loop = run[Symbol.asyncIterator]()
    const { id } = await child.next()
    const pad = 'x'.repeat(200_000)
    for (let n = 0; n < 5; n++)
      child.say({ jsonrpc: '2.0', method: '$/items', params: { id, values: [{ n, pad }] } })
    await child.untilQuiet()
    for (let n = 0; n < 3; n++) await loop.next()
    expect(await child.next()).toEqual({ jsonrpc: '2.0', method: '$/credit', params: { id, items: 3 } })
    client.close()
  })

  it('is acknowledged item by item by a call that wants only the result', async () => {
    const { client, child } = rawHost()
    const call = client.call('count', { to: 5 })
    const { id } = await child.next()
    child.say(items(id, 0, 1))
    expect(await child.next()).toEqual({ jsonrpc: '2.0', method: '$/credit', params: { id, items: 2 } })
    child.say({ jsonrpc: '2.0', id, result: 2 })
    expect(await call).toBe(2)
  })

  it('that a callee ignores ends the stream and leaves other calls alone', async () => {
    const { client, child } = rawHost({ maxQueuedBytes: 2 * 1024 * 1024 })
    const run = client.stream('count', { to: 5 })
    const loop = run[Symbol.asyncIterator]()
    const { id } = await child.next()
    const other = client.call('told')
    const told = await child.next()
    const pad = 'x'.repeat(100_000)
    for (let n = 0; n < 30; n++)
      child.say({ jsonrpc: '2.0', method: '$/items', params: { id, values: [{ n, pad }] } })
    expect(await failureOf(run.result)).toMatchObject({ code: 'STREAM_OVERFLOW' })
    expect(await child.next()).toEqual({ jsonrpc: '2.0', method: '$/cancelRequest', params: { id } })
    child.say({ jsonrpc: '2.0', id: told.id, result: [] })
    expect(await other).toEqual([])
    // What had come is still read, then the loop learns why it ends.
    await expect(
      (async () => {
        for (;;) if ((await loop.next()).done) break
      })(),
    ).rejects.toMatchObject({ code: 'STREAM_OVERFLOW' })
  })

  it('fails the stream for an item that does not fit, behind those before it, and cancels it', async () => {
    const { client, child } = rawHost()
    const run = client.stream('count', { to: 5 })
    const loop = run[Symbol.asyncIterator]()
    const { id } = await child.next()
    for (const values of [[], 'abc', { length: 1 }, null])
      child.say({ jsonrpc: '2.0', method: '$/items', params: { id, values } })
    child.say({ jsonrpc: '2.0', method: '$/items', params: { id, values: [{ n: 1 }, { n: 'x' }, { n: 3 }] } })
    expect(await loop.next()).toEqual({ done: false, value: { n: 1 } })
    expect(await failureOf(loop.next())).toMatchObject({ code: 'INVALID_ITEM' })
    expect(await failureOf(run.result)).toMatchObject({
      code: 'INVALID_ITEM',
      data: { issues: [{ path: '/n' }] },
    })
    expect(await child.next()).toMatchObject({ method: '$/cancelRequest' })
  })

  it('fails the stream for an item too large, and cancels it', async () => {
    const { client, child } = rawHost({ maxMessageBytes: 1000 })
    const run = client.stream('count', { to: 5 })
    const { id } = await child.next()
    child.say({
      jsonrpc: '2.0',
      method: '$/items',
      params: { id, values: [{ n: 1, pad: 'x'.repeat(2000) }] },
    })
    expect(await failureOf(run.result)).toMatchObject({ code: 'MESSAGE_TOO_LARGE' })
    expect(await child.next()).toMatchObject({ method: '$/cancelRequest' })
  })
})

describe('A producer', () => {
  const contract = defineContract({
    name: 'producer',
    version: '1',
    child: { methods: { run: { params: Type.Object({}), stream: Type.String(), result: Type.String() } } },
  })

  it('that throws ends the stream with its error, after the items before it', async () => {
    using pair = createPair(contract, {
      async *run() {
        yield 'a'
        throw new Error('broken')
      },
    })
    const seen: string[] = []
    const loop = (async () => {
      for await (const one of pair.client.stream('run')) seen.push(one)
    })()
    expect(await failureOf(loop)).toMatchObject({ code: -32603, message: 'broken' })
    expect(seen).toEqual(['a'])
  })

  it('that is cancelled while it waits for its reader runs its finally', async () => {
    let ended: () => void = () => undefined
    const end = new Promise<void>(resolve => (ended = resolve))
    using pair = createPair(contract, {
      async *run() {
        try {
          for (;;) yield 'x'
        } finally {
          ended()
        }
      },
    })
    const run = pair.client.stream('run')
    await run[Symbol.asyncIterator]().next()
    run.cancel()
    await end
  })

  it('that needs long for an item lets others have their turn sooner', async () => {
    let made = 0
    using pair = createPair(contract, {
      async *run() {
        for (;;) {
          const began = performance.now()
          while (performance.now() - began < 2);
          made++
          yield 'x'
        }
      },
    })
    const run = pair.client.stream('run')
    await run[Symbol.asyncIterator]().next()
    const before = made
    await pair.client.ping()
    expect(made - before).toBeLessThan(64)
    run.cancel()
  })

  it('may catch the refusal of an item and go on', async () => {
    using pair = createPair(
      contract,
      {
        async *run() {
          const refused: unknown[] = []
          for (const text of ['good', 5 as never, 'x'.repeat(5000), 'good again']) {
            try {
              yield text
            } catch (error) {
              refused.push((error as { code: string }).code)
            }
          }
          return refused.join()
        },
      },
      { maxMessageBytes: 4000 },
    )
    const run = pair.client.stream('run')
    const seen: string[] = []
    for await (const text of run) seen.push(text)
    expect(seen).toEqual(['good', 'good again'])
    expect(await run.result).toBe('INVALID_ITEM,MESSAGE_TOO_LARGE')
  })

  it('that does not catch it is answered for', async () => {
    using pair = createPair(contract, {
      async *run() {
        yield 5 as never
        return ''
      },
    })
    expect(await failureOf(pair.client.call('run'))).toMatchObject({
      code: -32603,
      data: { issues: [{ path: '' }] },
    })
  })

  it('that never waits lets other calls through', async () => {
    using pair = createPair(contract, {
      async *run() {
        for (;;) yield 'x'
      },
    })
    const run = pair.client.stream('run')
    void run.result.catch(() => undefined)
    for (let n = 0; n < 20; n++) await pair.client.ping()
    run.cancel()
  })
})
