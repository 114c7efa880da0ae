import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { Client, defineContract, Pool, RpcError, Type } from '@simple-ipc/rpc'
import { rawChild, rawHost } from './raw-peer.js'
import { failureOf, fixture, startCalculator } from './start-calculator.js'
import { calculator } from './fixtures/calculator-contract.mjs'

const folder = mkdtempSync(path.join(tmpdir(), 'simple-ipc-promises-'))
afterAll(() => rmSync(folder, { recursive: true }))
setFlagsFromString('--expose_gc')
const collectGarbage = runInNewContext('gc') as () => void
const turn = () => new Promise(resolve => setImmediate(resolve))

describe('Promise 1: every call settles exactly once', () => {
  type Action =
    | { do: 'add'; a: number }
    | { do: 'divide' }
    | { do: 'hang'; how: 'timeout' | 'abort' | 'leave' }
    | { do: 'nest'; depth: number }
    | { do: 'stream'; read: number; to: number }
    | { do: 'drain'; to: number }
    | { do: 'die' | 'kill' | 'turn' | 'restart' | 'invalid' }

  const action: fc.Arbitrary<Action> = fc.oneof(
    { weight: 6, arbitrary: fc.record({ do: fc.constant('add' as const), a: fc.integer() }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('divide' as const) }) },
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constant('hang' as const),
        how: fc.constantFrom('timeout' as const, 'abort' as const, 'leave' as const),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ do: fc.constant('nest' as const), depth: fc.integer({ min: 0, max: 6 }) }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constant('stream' as const),
        read: fc.integer({ min: 0, max: 400 }),
        to: fc.integer({ min: 0, max: 600 }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ do: fc.constant('drain' as const), to: fc.integer({ min: 0, max: 600 }) }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constantFrom(
          'die' as const,
          'kill' as const,
          'turn' as const,
          'restart' as const,
          'invalid' as const,
        ),
      }),
    },
  )

  it('whatever is called, cancelled, timed out, read, killed and restarted, in any order', async () => {
    const unhandled: unknown[] = []
    const note = (error: unknown) => unhandled.push(error)
    process.on('unhandledRejection', note)
    await fc.assert(
      fc.asyncProperty(
        fc.array(action, { minLength: 5, maxLength: 60 }),
        fc.boolean(),
        async (actions, started) => {
          const client = startCalculator({
            restart: { max: 1000, withinMs: 60_000 },
            stop: { input: 100, term: 100 },
          })
          if (started) await client.call('told')
          const outcomes: { settled: number; wrong: string | undefined; promise: Promise<void> }[] = []
          const allowed = new Set(['WORKER_EXITED', 'STOPPED'])
          const watch = (
            promise: Promise<unknown>,
            right: (value: unknown) => boolean,
            codes: (string | number)[] = [],
          ): void => {
            const outcome: (typeof outcomes)[number] = {
              settled: 0,
              wrong: undefined,
              promise: Promise.resolve(),
            }
            outcome.promise = promise.then(
              value => {
                outcome.settled++
                if (!right(value)) outcome.wrong = `came to ${JSON.stringify(value)}`
              },
              (error: unknown) => {
                outcome.settled++
                const { code } = error as RpcError
                if (!(error instanceof RpcError) || !(allowed.has(code as string) || codes.includes(code)))
                  outcome.wrong = String(error)
              },
            )
            outcomes.push(outcome)
          }
          const readSome = async (read: number, to: number): Promise<number> => {
            const run = client.stream('count', { to })
            let seen = 0
            for await (const { n } of run) {
              if (n !== seen++) throw new Error('out of order')
              if (seen >= read) break
            }
            return seen
          }
          for (const one of actions) {
            if (one.do === 'add') watch(client.call('add', { a: one.a, b: 1 }), value => value === one.a + 1)
            else if (one.do === 'divide') watch(client.call('divide', { a: 1, b: 0 }), () => false, [1001])
            else if (one.do === 'invalid')
              watch(client.call('add', {} as never), () => false, ['INVALID_PARAMS'])
            else if (one.do === 'nest')
              watch(client.call('nest', { depth: one.depth }), value => value === one.depth, [-32603])
            else if (one.do === 'drain')
              watch(client.call('count', { to: one.to }), value => value === one.to)
            else if (one.do === 'stream')
              watch(readSome(one.read, one.to), value => value === Math.min(Math.max(one.read, 1), one.to))
            else if (one.do === 'die') watch(client.call('die', { code: 1 }), () => false)
            else if (one.do === 'kill') {
              if (client.pid !== undefined) process.kill(client.pid, 'SIGKILL')
            } else if (one.do === 'turn') await new Promise(resolve => setTimeout(resolve, 20))
            else if (one.do === 'restart') {
              void client.stop()
              void client.start()
            } else if ('how' in one) {
              const controller = new AbortController()
              const options = one.how === 'timeout' ? { timeout: 5 } : { signal: controller.signal }
              watch(client.call('hang', {}, options), () => false, ['TIMEOUT', 'CANCELLED'])
              if (one.how === 'abort') setImmediate(() => controller.abort())
            }
          }
          await turn()
          await client.stop()
          await Promise.all(outcomes.map(({ promise }) => promise))
          await turn()
          for (const { settled, wrong } of outcomes) {
            expect(wrong).toBeUndefined()
            expect(settled).toBe(1)
          }
          expect(unhandled).toEqual([])
        },
      ),
      { numRuns: Number(process.env['FUZZ_RUNS'] ?? 12), endOnFailure: true },
    )
    process.off('unhandledRejection', note)
  }, 120_000)
})

/** Bytes that mean something to somebody, cut anywhere. */
const noise = fc.array(
  fc.oneof(
    fc.uint8Array({ maxLength: 60 }).map(bytes => Buffer.from(bytes)),
    fc
      .constantFrom(
        '{"jsonrpc":"2.0"',
        '"id":1',
        '"id":null',
        '"method":"add"',
        '"method":"$/items"',
        '"params":{"id":1,"values":[{"n":1}]}',
        '"result":3',
        '"error":{"code":1,"message":"x"}',
        '{',
        '}',
        '[',
        ']',
        ',',
        '\n',
        '\r\n',
        '\0',
        '\ufeff',
        '\\ud800',
        '1e999',
        '"__proto__"',
        'Content-Length: 5\r\n\r\n',
        '{"jsonrpc":"2.0","id":99,"result":1}\n',
        '{"jsonrpc":"2.0","id":1,"method":"rpc.ping"}\n',
        '{"jsonrpc":"2.0","id":"toString","method":"constructor","params":[]}\n',
        '{"jsonrpc":"2.0","method":"$/credit","params":{"id":1,"items":1e308}}\n',
        '{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":{}}}\n',
        '{"jsonrpc":"2.0","method":"$/cancelRequest","params":[1]}\n',
        '{"jsonrpc":"2.0","method":"$/progress","params":{"token":1}}\n',
        '{"jsonrpc":"2.0","method":"log","params":{"text":5}}\n',
        '[{"jsonrpc":"2.0","id":5,"method":"told"},{"jsonrpc":"2.0","id":5,"method":"told"},[],null]\n',
        `${'['.repeat(120)}\n`,
      )
      .map(text => Buffer.from(text)),
  ),
  { maxLength: 80 },
)

describe('Promise 2: no byte from the other side can crash, stall or desynchronise this one', () => {
  it.each(['host', 'child'] as const)(
    'as a %s',
    async side => {
      const unhandled: unknown[] = []
      const note = (error: unknown) => unhandled.push(error)
      process.on('unhandledRejection', note)
      process.on('uncaughtException', note)
      await fc.assert(
        fc.asyncProperty(noise, fc.integer({ min: 1, max: 40 }), async (parts, size) => {
          const bytes = Buffer.concat(parts)
          if (side === 'host') {
            const { client, child } = rawHost({ maxMessageBytes: 500 })
            const victims = [
              client.call('add', { a: 1, b: 2 }),
              client.call('count', { to: 5 }),
              client.call('hang', {}),
            ]
            for (const victim of victims) victim.catch(() => undefined)
            for (let at = 0; at < bytes.length; at += size) child.input.write(bytes.subarray(at, at + size))
            child.input.write('\n')
            const call = client.call('add', { a: 20, b: 22 })
            let message: { id?: unknown; params?: { a?: number } } = await child.next()
            while (message.params?.a !== 20) message = await child.next()
            child.say({ jsonrpc: '2.0', id: message.id, result: 42 })
            expect(await call).toBe(42)
            client.close()
            for (const victim of victims) await victim.catch(() => undefined)
          } else {
            const { host, server } = rawChild({ maxMessageBytes: 500 })
            for (let at = 0; at < bytes.length; at += size) host.input.write(bytes.subarray(at, at + size))
            host.input.write('\n')
            host.say({ jsonrpc: '2.0', id: 'mine', method: 'add', params: { a: 20, b: 22 } })
            let message = await host.next()
            while (message.id !== 'mine') message = await host.next()
            expect(message.result).toBe(42)
            server.close()
          }
        }),
        { numRuns: Number(process.env['FUZZ_RUNS'] ?? 300) },
      )
      await turn()
      process.off('unhandledRejection', note)
      process.off('uncaughtException', note)
      expect(unhandled).toEqual([])
    },
    120_000,
  )
})

describe('Promise 4: memory is bounded', () => {
  it('100,000 calls, 10,000 of them cancelled, leave no entry, no listener and no growth', async () => {
    const client = startCalculator()
    const shared = new AbortController()
    const round = async (calls: number): Promise<void> => {
      const batch: Promise<unknown>[] = []
      for (let n = 0; n < calls; n++) {
        if (n % 10 === 0) {
          const controller = new AbortController()
          batch.push(failureOf(client.call('hang', {}, { signal: controller.signal, timeout: 60_000 })))
          controller.abort()
        } else batch.push(client.call('add', { a: n, b: 1 }, n % 3 === 0 ? { signal: shared.signal } : {}))
        if (batch.length === 500) await Promise.all(batch.splice(0))
      }
      await Promise.all(batch)
    }
    const memory = async (): Promise<number> => {
      for (let n = 0; n < 5; n++) {
        await turn()
        collectGarbage()
      }
      return process.memoryUsage().heapUsed
    }
    await round(20_000)
    const before = await memory()
    await round(80_000)
    const grown = (await memory()) - before
    expect(grown).toBeLessThan(10 * 1024 * 1024)
    const { peer } = client as unknown as { peer: { calls: { size: number; pending: { size: number } } } }
    expect(peer.calls.size).toBe(0)
    expect(peer.calls.pending.size).toBe(0)
    await client.stop()
  }, 120_000)

  it('a call that was cancelled is forgotten at once, although nobody answers it', async () => {
    const { client, child } = rawHost()
    const { peer } = client as unknown as { peer: { calls: { size: number; pending: { size: number } } } }
    const controller = new AbortController()
    const { signal } = controller
    const calls = Array.from({ length: 1000 }, () => failureOf(client.call('hang', {}, { signal })))
    // They have been sent.
    await child.next()
    expect(peer.calls.pending.size).toBe(1000)
    controller.abort()
    expect(peer.calls.pending.size).toBe(0)
    expect(peer.calls.size).toBe(0)
    for (const call of calls) expect(await call).toMatchObject({ code: 'CANCELLED' })
    client.close()
  })

  it('a stream that nobody reads stands still after one window', async () => {
    const client = startCalculator()
    const run = client.stream('count', { to: 1_000_000_000, pad: 20_000 })
    for (let n = 0; n < 100; n++) await client.call('add', { a: n, b: n })
    const before = process.memoryUsage().heapUsed
    for (let n = 0; n < 500; n++) await client.call('add', { a: n, b: n })
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(20 * 1024 * 1024)
    run.cancel()
    await client.stop()
  })
})

describe('Promise 5: order is kept, and a large stream delays a small call by no more than its window', () => {
  it('a call gets its answer while at most a window of the stream has come', async () => {
    const bytes: number[] = []
    let sum = 0
    const client = startCalculator({
      trace: ({ direction, method, message }) => {
        if (direction === 'in' && method === '$/items') sum += JSON.stringify(message).length
      },
    })
    await client.call('told')
    const loop = client.stream('count', { to: 1_000_000_000, pad: 50_000 })[Symbol.asyncIterator]()
    await loop.next()
    for (let n = 0; n < 20; n++) {
      const before = sum
      await client.call('add', { a: n, b: 1 })
      bytes.push(sum - before)
    }
    // A window and one item, and what one turn of the pipe holds.
    expect(Math.max(...bytes)).toBeLessThan(1024 * 1024 + 50_000 + 1024 * 1024)
    await loop.return?.()
    await client.stop()
  })
})

describe('Promise 6: cancellation reaches the handler', () => {
  it.each([
    [
      'a signal',
      (client: ReturnType<typeof startCalculator>) =>
        client.call('hang', {}, { signal: AbortSignal.timeout(1) }),
    ],
    ['a timeout', (client: ReturnType<typeof startCalculator>) => client.call('hang', {}, { timeout: 1 })],
    [
      'an idle timeout',
      (client: ReturnType<typeof startCalculator>) => client.call('hang', {}, { idleTimeout: 1 }),
    ],
  ])('by %s', async (_, hang) => {
    const client = startCalculator()
    await client.call('told')
    const logged = new Promise(resolve => client.on('log', resolve))
    await failureOf(hang(client))
    expect(await logged).toEqual({ text: 'cancelled' })
    await client.stop()
  })

  it('by a stop', async () => {
    let stderr = ''
    const client = new Client(calculator, [process.execPath, fixture('says-when-cancelled.mjs')], {
      stderr: line => (stderr += line),
      host: { confirm: () => true, nest: () => 0 },
    })
    await client.call('told')
    client.call('hang', {}).catch(() => undefined)
    await client.call('told')
    await client.stop()
    expect(stderr).toBe('cancelled')
  })
})

describe('Promise 7: restarts never exceed their intensity, and nothing is sent twice', () => {
  const contract = defineContract({
    name: 'counting',
    version: '1',
    child: {
      methods: {
        once: { params: Type.Object({ file: Type.String() }) },
        again: { params: Type.Object({ file: Type.String() }), idempotent: true },
      },
    },
  })
  const runs = (file: string): number => readFileSync(file, 'utf8').length

  it('a call whose outcome is unknown is sent again only if its method is idempotent', async () => {
    const pool = new Pool(contract, [process.execPath, fixture('dies-at-work.mjs')], {
      size: 2,
      retries: 2,
      stderr: 'ignore',
    })
    const [once, again] = [path.join(folder, 'once'), path.join(folder, 'again')]
    expect(await failureOf(pool.call('once', { file: once }))).toMatchObject({ code: 'WORKER_EXITED' })
    expect(await failureOf(pool.call('again', { file: again }))).toMatchObject({ code: 'WORKER_EXITED' })
    expect(runs(once)).toBe(1)
    expect(runs(again)).toBe(3)
    await pool.stop()
  })

  it('a program that fails too often stays down, and its calls say so', async () => {
    let starts = 0
    const client = new Client(contract, [process.execPath, fixture('dies-at-work.mjs')], {
      stderr: 'ignore',
      restart: { max: 2, withinMs: 60_000 },
      verbose: { info: () => undefined, error: () => undefined },
    })
    client.worker.on('start', () => starts++)
    const gaveUp = new Promise(resolve => client.worker.on('give-up', resolve))
    const file = path.join(folder, 'often')
    for (let n = 0; n < 3; n++)
      expect(await failureOf(client.call('once', { file }))).toMatchObject({ code: 'WORKER_EXITED' })
    await gaveUp
    expect(await failureOf(client.call('once', { file }))).toMatchObject({ code: 'WORKER_EXITED' })
    expect(runs(file)).toBe(3)
    // The first start came before anybody listened.
    expect(starts).toBe(2)
    await client.stop()
  })
})

describe('Promise 8: a contract that does not match is reported before the first call', () => {
  it('the child never sees that call', async () => {
    let stderr = ''
    const other = defineContract({
      name: 'calculator',
      version: '2.0.0',
      child: {
        methods: {
          told: { params: Type.Object({ since: Type.Integer() }), result: Type.Array(Type.String()) },
        },
      },
    })
    const seen: unknown[] = []
    const client = new Client(other, [process.execPath, fixture('calculator.mjs')], {
      stderr: line => (stderr += line),
      trace: ({ direction, method }) => {
        if (direction === 'out') seen.push(method)
      },
    })
    const error = await failureOf(client.call('told', { since: 1 }))
    expect(error).toMatchObject({ code: 'CONTRACT_MISMATCH' })
    expect((error as RpcError).message).toMatch(/confirm|nest|log|told/)
    expect(seen).toEqual(['rpc.contract', 'rpc.discover'])
    expect(stderr).toBe('')
    await client.stop()
  })
})
