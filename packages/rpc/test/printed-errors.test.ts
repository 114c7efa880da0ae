import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { Client, createPair, defineContract, Pool, Type, type RpcError } from '@simple-ipc/rpc'
import { rawHost } from './raw-peer.js'
import { calculator } from './fixtures/calculator-contract.mjs'
import { failureOf, fixture, startCalculator, untyped } from './start-calculator.js'

/** As console.log shows it, without what differs from run to run. */
const printed = (error: unknown): string =>
  `${inspect(error)}\nshort: ${shortMessageOf(error)}`
    .replaceAll(process.execPath, 'node')
    .replaceAll(/'?[^\s']*\/fixtures\//g, '')
    .replaceAll(/(after|running for) [\d.]+ m?s/g, '$1 123 ms')
    .replaceAll(/; (nothing has arrived since|since then [^;]* arrived)/g, '; …')
    .replaceAll(/\n +at .*?( \{)?$/gm, '$1')
    // Newer versions of Node say this too.
    .replaceAll(/ \(line \d+ column \d+\)/g, '')

/** For people outside: in one line, without a path or command, and without what the program wrote. */
function shortMessageOf(error: unknown): string {
  const { shortMessage } = error as RpcError
  expect(shortMessage).not.toMatch(/\n|PATH|about to die|\bnode\b|hint|(^|[\s'"(=:])(\/|[A-Z]:\\)/)
  return shortMessage
}

describe('console.log(error) is worth reading', () => {
  it('for errors of a call into a child', async () => {
    const client = startCalculator({ stderr: () => undefined })
    await client.call('told')
    const errors = {
      declared: await failureOf(client.call('divide', { a: 7, b: 0 })),
      'own params': await failureOf(client.call('add', { a: 1, b: '2' as never })),
      'their result': await failureOf(client.call('wrong')),
      'unknown method': await failureOf(untyped(client).call('multiply')),
      timeout: await failureOf(client.call('hang', {}, { timeout: 5 })),
      'idle timeout': await failureOf(client.call('hang', {}, { idleTimeout: 5 })),
      cancelled: await failureOf(client.call('hang', {}, { signal: AbortSignal.abort('no longer needed') })),
      died: await failureOf(client.call('die', { code: 3 })),
      dead: await failureOf(client.call('told')),
    }
    for (const [name, error] of Object.entries(errors)) expect(printed(error)).toMatchSnapshot(name)
    await client.stop()
    expect(printed(await failureOf(client.call('told')))).toMatchSnapshot('stopped')
  })

  it('for errors of the wire', async () => {
    const { client, child } = rawHost({ maxMessageBytes: 500, maxQueuedBytes: 600 })
    const answered = async (answer: (id: unknown) => string): Promise<unknown> => {
      const call = failureOf(client.call('add', { a: 1, b: 2 }))
      let message = await child.next()
      while (message.method !== 'add') message = await child.next()
      child.say(answer(message.id))
      return call
    }
    const errors = {
      'a result that does not fit': await answered(id => `{"jsonrpc":"2.0","id":${String(id)},"result":"x"}`),
      'an answer too large': await answered(
        id => `{"jsonrpc":"2.0","id":${String(id)},"result":"${'x'.repeat(600)}"}`,
      ),
      'an answer cut off': await answered(id => `{"jsonrpc":"2.0","id":${String(id)},"result":{"a`),
      'another program’s error': await answered(
        id => `{"jsonrpc":"2.0","id":${String(id)},"error":{"code":-32603,"message":"Oh no"}}`,
      ),
      'a request too large': await failureOf(client.call('echo', { value: 'x'.repeat(1000) })),
    }
    for (const [name, error] of Object.entries(errors)) expect(printed(error)).toMatchSnapshot(name)
    const waiting = failureOf(client.call('told'))
    child.input.end()
    expect(printed(await waiting)).toMatchSnapshot('connection closed')
  })

  it('for errors of a program’s life', async () => {
    const life = {
      stderr: 'ignore' as const,
      stop: { input: 20, term: 20 },
    }
    const silent = startCalculator({ ...life, startTimeout: 200 }, 'says-nothing.mjs')
    expect(printed(await failureOf(silent.call('told')))).toMatchSnapshot('start timeout')
    await silent.stop()

    const busy = startCalculator({ ...life, heartbeat: { every: 20, timeout: 100 } }, 'blocks.mjs')
    await busy.call('told')
    expect(printed(await failureOf(busy.call('hang', {})))).toMatchSnapshot('not responding')
    await busy.stop()

    const pool = new Pool(calculator, [process.execPath, fixture('calculator.mjs')], {
      ...life,
      size: 1,
      concurrency: 1,
      maxQueue: 1,
      host: { confirm: () => true, nest: () => 0 },
    })
    const taken = [failureOf(pool.call('hang')), failureOf(pool.call('told'))]
    expect(printed(await failureOf(pool.call('told')))).toMatchSnapshot('queue full')
    await pool.stop()
    await Promise.all(taken)
    expect(printed(await failureOf(pool.call('told')))).toMatchSnapshot('pool stopped')
  })

  it('for a contract that does not match', async () => {
    const newer = defineContract({
      name: 'calculator',
      version: '2.0.0',
      child: {
        methods: {
          add: {
            params: Type.Object({ a: Type.Number(), b: Type.Number(), c: Type.Number() }),
            result: Type.Number(),
          },
          multiply: {},
        },
      },
    })
    const client = new Client(newer, [process.execPath, fixture('calculator.mjs')], { stderr: 'ignore' })
    expect(printed(await failureOf(client.call('multiply')))).toMatchSnapshot('contract mismatch')
    await client.stop()
  })

  it('for a stream that ignores its window', async () => {
    const { client, child } = rawHost({ maxQueuedBytes: 600 })
    const run = client.stream('count', { to: 3 })
    const { id } = await child.next()
    const pad = 'x'.repeat(1024 * 1024)
    for (let n = 0; n < 3; n++)
      child.say({ jsonrpc: '2.0', method: '$/items', params: { id, values: [{ n, pad }] } })
    // To look at the result would mean that nobody wants the items.
    const { settled } = run as unknown as { settled: Promise<void> }
    await settled
    expect(printed(await failureOf(run.result))).toMatchSnapshot('stream overflow')
    client.close()
  })

  it('for a host that has gone', async () => {
    const child = spawn(process.execPath, [fixture('calculator.mjs')])
    const lines: string[] = []
    const read = once(
      createInterface({ input: child.stdout }).on('line', line => lines.push(line)),
      'close',
    )
    child.stdin.end('{"jsonrpc":"2.0","id":1,"method":"ask","params":{"question":"?"}}\n')
    await read
    expect(lines.at(-1)).toMatchSnapshot('host closed')
  })

  it('for errors of handlers', async () => {
    const contract = defineContract({
      name: 'handlers',
      version: '1',
      child: { methods: { fail: { params: Type.Object({ how: Type.String() }), result: Type.String() } } },
    })
    using pair = createPair(contract, {
      fail: ({ how }) => {
        if (how === 'error') throw new TypeError('x is not a function')
        if (how === 'text') throw 'just text' as unknown as Error
        throw null as unknown as Error
      },
    })
    for (const how of ['error', 'text', 'null'])
      expect(printed(await failureOf(pair.client.call('fail', { how })))).toMatchSnapshot(how)
  })
})
