// What errors say to people outside: every local code once, each from a program, a connection or a pool that makes it.
import { expect, test } from 'vitest'
import { Client, createPair, defineContract, Pool, Type } from '@simple-ipc/rpc'
import type { ClientOptions, LocalErrorCode, RpcError } from '@simple-ipc/rpc'
import { hostClosed } from '../src/errors/local-errors.js'
import { calculator } from './fixtures/calculator-contract.mjs'
import { rawHost } from './raw-peer.js'
import { failureOf, fixture, startCalculator, untyped } from './start-calculator.js'

const life = { stderr: () => undefined, stop: { input: 20, term: 20 }, onProtocolError: () => undefined }
const host = { confirm: () => true, nest: () => 0 }

/** A program whose command and stderr have something that is nobody’s business. */
const program = (script: string, options: ClientOptions = {}): Client<(typeof calculator)['spec']> =>
  new Client(calculator, ['sh', '-c', script, '/secret/argument'], {
    ...life,
    verify: false,
    ...options,
    host,
  })

/** What a call fails with. */
async function called(
  client: Client<(typeof calculator)['spec']>,
  call: (client: Client<(typeof calculator)['spec']>) => Promise<unknown> = it => it.call('told'),
): Promise<unknown> {
  const error = await failureOf(call(client))
  await client.stop()
  return error
}

/** What a call fails with that is answered like this. */
async function answered(answer: string): Promise<unknown> {
  return called(program(`read line; echo '{"jsonrpc":"2.0","id":1,${answer}}'; cat >/dev/null`))
}

const another = defineContract({
  name: 'calculator',
  version: '2.0.0',
  child: { methods: { multiply: {} } },
})

const errors: Record<LocalErrorCode, () => Promise<unknown>> = {
  CANCELLED: () =>
    called(startCalculator(life), client =>
      client.call('hang', {}, { signal: AbortSignal.abort(new Error('/secret/reason')) }),
    ),
  CONNECTION_CLOSED: async () => {
    const { client, child } = rawHost()
    const call = failureOf(client.call('told'))
    child.input.destroy(new Error('/secret/socket'))
    return call
  },
  CONTRACT_MISMATCH: async () => {
    await using client = new Client(another, [process.execPath, fixture('calculator.mjs')], life)
    return await failureOf(client.call('multiply'))
  },
  // It arises in a child.
  HOST_CLOSED: () => Promise.resolve(hostClosed('confirm')),
  INVALID_ITEM: async () => {
    const { client, child } = rawHost()
    const run = client.stream('count', { to: 1 })
    const next = failureOf(run[Symbol.asyncIterator]().next())
    const { id } = await child.next()
    child.say({ jsonrpc: '2.0', method: '$/items', params: { id, values: ['/secret'] } })
    const error = await next
    client.close()
    return error
  },
  INVALID_PARAMS: () =>
    called(program('cat >/dev/null'), client => client.call('add', { a: 1, b: '/secret' as never })),
  INVALID_RESULT: () => answered('"result":"/secret"'),
  MESSAGE_TOO_LARGE: () =>
    called(program('cat >/dev/null', { maxMessageBytes: 2000 }), client =>
      client.call('echo', { value: '/secret'.repeat(1000) }),
    ),
  NOT_RESPONDING: () =>
    called(startCalculator({ ...life, heartbeat: { every: 20, timeout: 100 } }, 'blocks.mjs'), async it => {
      await it.call('told')
      return it.call('hang', {})
    }),
  QUEUE_FULL: async () => {
    await using pool = new Pool(calculator, [process.execPath, fixture('calculator.mjs')], {
      ...life,
      size: 1,
      concurrency: 1,
      maxQueue: 1,
      host,
    })
    const others = [failureOf(pool.call('hang')), failureOf(pool.call('told'))]
    const error = await failureOf(pool.call('told'))
    await pool.stop()
    await Promise.all(others)
    return error
  },
  START_TIMEOUT: () => called(program('echo /secret >&2; sleep 600', { startTimeout: 200, verify: true })),
  STOPPED: async () => {
    const client = program('cat >/dev/null')
    await client.stop()
    return failureOf(client.call('told'))
  },
  STREAM_OVERFLOW: async () => {
    const { client, child } = rawHost({ maxQueuedBytes: 600 })
    const run = client.stream('count', { to: 3 })
    const { id } = await child.next()
    const pad = '/secret'.repeat(200_000)
    for (let n = 0; n < 3; n++)
      child.say({ jsonrpc: '2.0', method: '$/items', params: { id, values: [{ n, pad }] } })
    const { settled } = run as unknown as { settled: Promise<void> }
    await settled
    const error = await failureOf(run.result)
    client.close()
    return error
  },
  TIMEOUT: () =>
    called(program('echo /secret >&2; echo /secret; cat >/dev/null'), client =>
      client.call('told', undefined, { timeout: 50 }),
    ),
  UNKNOWN_MEMBER: () => called(program('cat >/dev/null'), client => untyped(client).call('multiply')),
  UNREADABLE_MESSAGE: () => answered('"result":/secret'),
  WORKER_EXITED: () => called(program('read line; echo /secret/file >&2; exit 7')),
}

/** Other ways to the same codes, whose messages are others, and what the other side answers. */
const others: Record<string, () => Promise<unknown>> = {
  'a missing program': async () => {
    const missing = { ...life, env: { PATH: '/secret/bin' } }
    await using client = new Client(calculator, ['no-such-program'], { ...missing, host })
    return await failureOf(client.call('told'))
  },
  'a failed onStart': () =>
    called(
      program('cat >/dev/null', {
        onStart: () => {
          throw new Error('/secret/model')
        },
      }),
    ),
  'an onStart that takes too long': () =>
    called(
      program('cat >/dev/null', { startTimeout: 100, onStart: () => new Promise<void>(() => undefined) }),
    ),
  'a call after the end': () =>
    called(program('echo /secret >&2; exit 7'), async client => {
      await failureOf(client.call('told'))
      return client.call('told')
    }),
  'params that cannot be written': () =>
    called(program('cat >/dev/null', { validate: false }), client =>
      client.call('echo', {
        value: {
          toJSON: () => {
            throw new Error('/secret')
          },
        },
      }),
    ),
  'a request that came back': () => called(program('cat')),
  'a pool without a program': async () => {
    await using pool = new Pool(calculator, ['no-such-program', '/secret'], { ...life, host })
    await failureOf(pool.call('told'))
    return await failureOf(pool.call('told'))
  },
  'a failure that was answered': () => answered('"error":{"code":-32603,"message":"open /secret"}'),
  'a code of its own that was answered': () => answered('"error":{"code":77,"message":"open /secret"}'),
  'a handler that fails': async () => {
    const contract = defineContract({
      name: 'fails',
      version: '1',
      child: { methods: { fail: { params: Type.Object({}), result: Type.String() } } },
    })
    using pair = createPair(
      contract,
      {
        fail: () => {
          throw new TypeError('/secret is not a function')
        },
      },
      { onError: () => undefined },
    )
    return await failureOf(pair.client.call('fail', {}))
  },
}

function expectFit(error: unknown): void {
  const { shortMessage } = error as RpcError
  expect(shortMessage).toMatch(/^\w.{8,}$/)
  expect(shortMessage).not.toMatch(/secret|PATH|\b(sh|node)\b|[\\\n]|(^|[\s'"(=:])\//)
}

test.skipIf(process.platform === 'win32').each(Object.entries(errors))(
  'the shortMessage of %s has no command, path, value or output, and is one line',
  async (code, make) => {
    const error = await make()
    expect(error).toMatchObject({ code })
    expectFit(error)
  },
)

test.skipIf(process.platform === 'win32').each(Object.entries(others))(
  'the shortMessage of %s has none of these, either',
  async (_, make) => {
    expectFit(await make())
  },
)
