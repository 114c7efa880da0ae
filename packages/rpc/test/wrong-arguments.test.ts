import { PassThrough } from 'node:stream'
import { Client, connect, createPair, defineContract, Pool, serve, Type } from '@simple-ipc/rpc'
import { expect, it } from 'vitest'
import { calculator } from './fixtures/calculator-contract.mjs'
import { failureOf } from './start-calculator.js'

type Loose = (...args: unknown[]) => unknown
const ways: [string, (contract: unknown, handlers: unknown) => unknown][] = [
  [
    'Client',
    (contract, host) =>
      new (Client as unknown as new (...args: unknown[]) => unknown)(contract, 'cat', { host, start: false }),
  ],
  [
    'connect',
    (contract, handlers) =>
      (connect as unknown as Loose)(contract, new PassThrough(), new PassThrough(), {
        side: 'host',
        handlers,
      }),
  ],
  ['createPair', (contract, handlers) => (createPair as unknown as Loose)(contract, handlers)],
  ['serve', (contract, handlers) => (serve as unknown as Loose)(contract, handlers)],
]

it.each(ways)('%s says what to pass for a contract that is none', (_, make) => {
  for (const contract of [undefined, null, {}, 'cat', calculator.spec])
    expect(() => make(contract, {})).toThrow(/^Not a contract: pass what defineContract returned$/)
})

it.each(ways)('%s says what to pass for handlers that are none', (_, make) => {
  for (const handlers of ['x', 5, null])
    expect(() => make(calculator, handlers)).toThrow(/^The handlers are .*: pass an object with a function/)
})

it('Pool says what to pass for a contract that is none', () => {
  for (const contract of [undefined, {}, calculator.spec])
    expect(() => new (Pool as unknown as new (...args: unknown[]) => unknown)(contract, 'cat')).toThrow(
      /^Not a contract: /,
    )
})

const contract = defineContract({
  name: 'loose',
  version: '1',
  child: {
    methods: {
      add: { params: Type.Object({ a: Type.Number() }), result: Type.Number() },
      take: { params: Type.Object({ value: Type.Unknown() }) },
    },
    notifications: { note: Type.Object({ a: Type.Number() }) },
  },
})
const { client } = createPair(contract, { add: ({ a }) => a, take: () => undefined })
const loose = client as unknown as Record<
  'call' | 'stream' | 'notify' | 'on',
  (...args: unknown[]) => unknown
>

it.each(['timout', 'Signal', 'retries'])('a call says that there is no option %s', async name => {
  const error = await failureOf(loose.call('add', { a: 1 }, { [name]: 5 }) as Promise<unknown>)
  expect(error).toBeInstanceOf(TypeError)
  expect(String(error)).toContain(
    `There is no option '${name}' of a call: pass any of signal, timeout, idleTimeout, onProgress`,
  )
  if (name === 'timout') expect(String(error)).toMatch(/; did you mean ‘timeout’\?$/)
})

it('a call takes no signal in the place of its options', async () => {
  const { signal } = new AbortController()
  expect(String(await failureOf(loose.call('add', { a: 1 }, signal) as Promise<unknown>))).toMatch(
    /The options of a call are an AbortSignal: pass it as \{ signal \}/,
  )
})

it('what is no name of a member is called so', async () => {
  const unknown = { code: 'UNKNOWN_MEMBER', message: expect.stringContaining(' Symbol(s) on ') as string }
  expect(await failureOf(loose.call(Symbol('s')) as Promise<unknown>)).toMatchObject(unknown)
  expect(() => loose.stream(Symbol('s'))).toThrow(expect.objectContaining(unknown))
  expect(() => loose.notify(Symbol('s'))).toThrow(expect.objectContaining(unknown))
  expect(() => loose.on(Symbol('s'), () => undefined)).toThrow(expect.objectContaining(unknown))
})

it('params that throw when they are looked at were not sent, and why is told', async () => {
  const boom = new Error('boom')
  const throws = (): never => {
    throw boom
  }
  const unsendable = {
    code: 'INVALID_PARAMS',
    message: expect.stringMatching(/was not sent: its params cannot be written as JSON \(boom\)$/) as string,
    cause: boom,
  }
  const odd: [string, unknown][] = [
    ['add', Object.defineProperty({}, 'a', { get: throws, enumerable: true })],
    ['take', { value: Object.defineProperty({}, 'a', { get: throws, enumerable: true }) }],
    ['take', { value: new Proxy({}, { ownKeys: throws }) }],
    ['take', new Proxy({}, { getOwnPropertyDescriptor: throws, get: throws })],
  ]
  for (const [method, params] of odd)
    expect(await failureOf(loose.call(method, params) as Promise<unknown>)).toMatchObject(unsendable)
  expect(() => loose.notify('note', odd[0]?.[1])).toThrow(expect.objectContaining(unsendable))
})
