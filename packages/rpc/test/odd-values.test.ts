import { runInNewContext } from 'node:vm'
import { afterEach, describe, expect, it } from 'vitest'
import { createPair, defineContract, RpcError, Type } from '@simple-ipc/rpc'
import { failureOf, startCalculator, untyped } from './start-calculator.js'

const contract = defineContract({
  name: 'odd',
  version: '1',
  child: {
    methods: {
      fail: {
        params: Type.Object({ how: Type.String() }),
        result: Type.Unknown(),
        errors: { Refused: { code: 1001 } },
      },
      items: { params: Type.Object({ how: Type.String() }), stream: Type.Integer() },
    },
  },
})

const withMessage = (message: unknown): Error =>
  Object.defineProperty(new Error(), 'message', { value: message })
const thrower: PropertyDescriptor = {
  get: () => {
    throw new Error('no')
  },
}
const revoked = (): Error => {
  const { proxy, revoke } = Proxy.revocable(new Error('gone'), {})
  revoke()
  return proxy
}
const cyclic: { self?: unknown } = {}
cyclic.self = cyclic

/** What a handler may throw or return, and what the caller is told. */
const odd: Record<string, { made: () => Error; told: RegExp }> = {
  'an error whose message cannot be read': {
    made: () => Object.defineProperty(new Error(), 'message', thrower),
    told: /^\(its message cannot be read\)$/,
  },
  'an error whose message is a number': { made: () => withMessage(5), told: /^5$/ },
  'an error whose message is a symbol': { made: () => withMessage(Symbol('s')), told: /^Symbol\(s\)$/ },
  'an error without a message': { made: () => withMessage(undefined), told: /^undefined$/ },
  'a proxy that was revoked': {
    made: revoked,
    told: /^A value that is not an error was thrown: <Revoked Proxy>$/,
  },
  'an error whose name and stack cannot be read': {
    made: () => Object.defineProperties(new TypeError('odd'), { stack: thrower, name: thrower }),
    told: /^odd$/,
  },
  'an error whose code cannot be read': {
    made: () => Object.defineProperties(new TypeError('odd'), { code: thrower }),
    told: /^TypeError: odd$/,
  },
  'an error of ours whose data cannot be read': {
    made: () => Object.defineProperties(new RpcError(1001, 'odd', 1), { data: thrower }),
    told: /^odd \(its data cannot be written as JSON: no\)$/,
  },
  'an error without a prototype': {
    made: () => Object.setPrototypeOf(new TypeError('odd'), null) as Error,
    told: /^odd$/,
  },
  'an error of another realm': {
    made: () => runInNewContext('new RangeError("odd")') as Error,
    told: /^RangeError: odd$/,
  },
  'an error of a class of its own': {
    made: () => new (class OwnError extends Error {})('odd'),
    told: /^OwnError: odd$/,
  },
  'an error that is its own cause': {
    made: () => {
      const error = new Error('odd')
      error.cause = error
      return error
    },
    told: /^odd$/,
  },
  'a group that holds itself alone': {
    made: () => {
      const group = new AggregateError([], 'odd')
      group.errors.push(group)
      return group
    },
    told: /^AggregateError: odd$/,
  },
  'a group with two errors': {
    made: () => new AggregateError([new RpcError(1001, 'one'), new Error('two')], 'odd'),
    told: /^AggregateError: odd$/,
  },
  'an object without a prototype': {
    made: () => Object.create(null) as Error,
    told: /^A value that is not an error was thrown: \[Object: null prototype\] \{\}$/,
  },
  nothing: { made: () => undefined as never, told: /^A value that is not an error was thrown: undefined$/ },
  'an error whose data hold a bigint': {
    made: () => new RpcError(1001, 'Refused', { n: 1n }),
    told: /^Refused \(its data cannot be written as JSON: .*BigInt/,
  },
  'an error whose data hold themselves': {
    made: () => new RpcError(1001, 'Refused', cyclic),
    told: /^Refused \(its data cannot be written as JSON: .*circular/,
  },
}

describe('A handler that fails in an odd way is answered, and the next one too', () => {
  const unhandled: unknown[] = []
  const note = (error: unknown): unknown => unhandled.push(error)
  process.on('unhandledRejection', note)
  afterEach(() => expect(unhandled).toEqual([]))

  it.each(Object.keys(odd))('%s', async name => {
    const { made, told } = odd[name] ?? { made: () => new Error(), told: /$./ }
    const failures: unknown[][] = []
    const onError = (...failure: unknown[]): unknown => failures.push(failure)
    using pair = createPair(
      contract,
      {
        fail: ({ how }) => {
          if (how === 'later') return Promise.reject(made())
          throw made()
        },
        items: () => ({ next: () => Promise.reject(made()) }) as never,
      },
      { onError },
    )
    const calls = [
      pair.client.call('fail', { how: 'now' }),
      pair.client.call('fail', { how: 'later' }),
      pair.client.call('items', { how: 'now' }),
    ]
    for (const call of calls.slice(0, 2)) {
      const error = (await failureOf(call)) as RpcError
      expect(error).toMatchObject({ code: -32603, method: 'fail' })
      expect(error.message).toMatch(told)
    }
    expect(await failureOf(calls[2] ?? Promise.resolve())).toMatchObject({ code: -32603, method: 'items' })
    // Each is told once, whatever it is.
    expect(failures.map(([, origin]) => origin)).toEqual(
      ['fail', 'fail', 'items'].map(name => ({ kind: 'handler', name })),
    )
  })

  it('a result that is a revoked proxy', async () => {
    using pair = createPair(contract, { fail: () => revoked(), items: () => revoked() as never })
    expect(await failureOf(pair.client.call('fail', { how: '' }))).toMatchObject({ code: -32603 })
    expect(await failureOf(pair.client.call('items', { how: '' }))).toMatchObject({ code: -32603 })
  })
})

describe('Params are what they were when the call was made, also before the program has started', () => {
  it('although their object is changed before they are sent', async () => {
    const client = startCalculator()
    const params: { a: unknown; b: number } = { a: 1, b: 2 }
    const right = client.call('add', params as never)
    params.a = 'one'
    const wrong = failureOf(client.call('add', params as never))
    params.a = 5
    expect(await right).toBe(3)
    expect(await wrong).toMatchObject({ code: 'INVALID_PARAMS' })
    await client.stop()
  })

  it('and a notification that does not fit is refused where it is made', async () => {
    const client = startCalculator()
    expect(() => untyped(client).notify('tell', { text: 5 })).toThrow(/tell was not sent: params\/text/)
    await client.stop()
  })
})

describe('Options that are none', () => {
  it.each([
    ['a signal that is none', { signal: 5 }, /'signal'/],
    ['null', null, /options/],
    ['a text', 'fast', /options/],
    ['onProgress that is no function', { onProgress: 5 }, /'onProgress'/],
  ])('are told in the promise: %s', async (_, options, told) => {
    const client = startCalculator()
    const error = (await failureOf(client.call('add', { a: 1, b: 2 }, options as never))) as Error
    expect(error).toBeInstanceOf(TypeError)
    expect(error.message).toMatch(told)
    expect(await client.call('add', { a: 1, b: 2 })).toBe(3)
    await client.stop()
  })
})
