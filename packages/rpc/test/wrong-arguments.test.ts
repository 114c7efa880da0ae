import { PassThrough } from 'node:stream'
import { Client, connect, createPair, defineContract, Pool, serve, Type } from '@simple-ipc/rpc'
import { expect, it } from 'vitest'
import { calculator } from './fixtures/calculator-contract.mjs'
import { failureOf } from './start-calculator.js'

type Loose = (...args: unknown[]) => unknown
type Constructor = new (...args: unknown[]) => unknown
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

const asksHost = (make: (contract: typeof calculator, host: object | undefined) => unknown) => make
const hosts = [
  [
    'Client',
    asksHost(
      (contract, host) => new (Client as unknown as Constructor)(contract, 'cat', { host, start: false }),
    ),
  ],
  ['Pool', asksHost((contract, host) => new (Pool as unknown as Constructor)(contract, 'cat', { host }))],
  [
    'connect',
    asksHost((contract, host) =>
      (connect as unknown as Loose)(contract, new PassThrough(), new PassThrough(), {
        side: 'host',
        handlers: host ?? {},
      }),
    ),
  ],
] as const

it.each(hosts)('%s names the handlers of the host that are missing', (_, make) => {
  const told = (names: string, pass: string): TypeError =>
    new TypeError(
      `The host has no handler for ${names}, which the contract 'calculator' lets the child call: pass { host: { ${pass} } }`,
    )
  expect(() => make(calculator, undefined)).toThrow(told("'confirm', 'nest'", 'confirm, nest'))
  expect(() => make(calculator, { confirm: () => true })).toThrow(told("'nest'", 'nest'))
  expect(() => make(calculator, { confirm: () => true, nest: 5 })).toThrow(told("'nest'", 'nest'))
})

it('createPair without handlers of a host fails the call that needs one, and says what to pass', async () => {
  const pair = createPair(calculator, {} as never)
  expect(await failureOf(pair.server.call('confirm', { question: '' }))).toMatchObject({
    message: "The child called 'confirm', and createPair() has no handler for it: pass { host: { confirm } }",
  })
  pair.close()
})

const peer =
  'validate, verify, startTimeout, lenient, debug, maxMessageBytes, maxQueuedBytes, meta, fallback, onUnknownNotification, onLine, onProtocolError, onError, trace'
const below = 'verbose, cwd, env, stderr, stop, restart, leftovers, signal'
const streams = (): [PassThrough, PassThrough] => [new PassThrough(), new PassThrough()]
const surfaces: Record<string, (options: object) => unknown> = {
  'a client': options =>
    new (Client as unknown as Constructor)(calculator, 'cat', { start: false, ...options }),
  'a pool': options => new (Pool as unknown as Constructor)(calculator, 'cat', options),
  'connect()': options =>
    (connect as unknown as Loose)(calculator, ...streams(), { side: 'host', handlers: {}, ...options }),
  'createPair()': options => (createPair as unknown as Loose)(calculator, {}, options),
  'serve()': options => (serve as unknown as Loose)(calculator, {}, options),
}

it.each([
  ['a client', `host, start, lazy, idleStop, ${below}, framing, heartbeat, onStart, onStop, ${peer}`],
  [
    'a pool',
    `host, size, min, concurrency, maxQueue, maxCallsPerWorker, maxMemory, retries, idleStop, restart, ${below.replace(' restart,', '')}, framing, heartbeat, onStart, onStop, ${peer}`,
  ],
  ['connect()', `side, handlers, framing, ${peer}`],
  ['createPair()', `host, transports, ${peer}`],
  ['serve()', `framing, ${peer}`],
])('%s knows its own options, and suggests the one that was meant', (surface, names) => {
  expect(() => surfaces[surface]?.({ valdiate: false })).toThrow(
    new TypeError(`Unknown option 'valdiate' of ${surface} (available: ${names}); did you mean 'validate'?`),
  )
})

it.each<[string, object, string]>([
  ['a client', { idleSotp: 5 }, "; did you mean 'idleStop'?"],
  ['a client', { idleStop: 0 }, "The option 'idleStop' must be a positive number of milliseconds, not 0"],
  [
    'a client',
    { framing: 'netstrings' },
    "The option 'framing' must be 'lines' or 'headers', not 'netstrings'",
  ],
  ['a client', { heartbeat: { evry: 5 } }, "Unknown option 'heartbeat.evry' (available: heartbeat.every, "],
  ['a client', { stop: { input: -1 } }, "The option 'stop.input' must be a non-negative number"],
  ['a client', { decoder: () => undefined }, "Unknown option 'decoder' of a client"],
  ['a client', { maxLineBytes: 5 }, "Unknown option 'maxLineBytes' of a client"],
  ['a pool', { size: 0 }, "The option 'size' must be a positive integer, not 0"],
  ['a pool', { retries: -1 }, "The option 'retries' must be a non-negative integer, not -1"],
  ['a pool', { lazy: true }, "Unknown option 'lazy' of a pool"],
  ['connect()', { side: 'server' }, "The option 'side' must be 'host' or 'child', not 'server'"],
  ['connect()', { side: undefined }, "The option 'side' must be 'host' or 'child', not undefined"],
  ['connect()', { framing: 'netstrings' }, "The option 'framing' must be 'lines' or 'headers'"],
  [
    'connect()',
    { validate: 'no' },
    "The option 'validate' must be a boolean, 'report' or an object, not 'no'",
  ],
  ['createPair()', { transports: {} }, "The option 'transports' must be a list, not an object"],
  [
    'serve()',
    { framing: 'netstrings' },
    "The option 'framing' must be 'lines' or 'headers', not 'netstrings'",
  ],
  [
    'serve()',
    { maxMessageBytes: NaN },
    "The option 'maxMessageBytes' must be a positive number of bytes, not NaN",
  ],
  ['serve()', { onLine: 'x' }, "The option 'onLine' must be a function, not 'x'"],
])('%s refuses %o', (surface, options, message) => {
  expect(() => surfaces[surface]?.(options)).toThrow(TypeError)
  expect(() => surfaces[surface]?.(options)).toThrow(message)
})

it.each(['a client', 'a pool'])('stop() of %s refuses what it does not know', async surface => {
  const one = surfaces[surface]?.({ host: { confirm: () => true, nest: () => 0 } }) as {
    stop(options?: object): Promise<void>
  }
  await expect(one.stop({ darin: 5 })).rejects.toThrow(
    new TypeError("Unknown option 'darin' of a stop (available: drain, input, term); did you mean 'drain'?"),
  )
  await expect(one.stop({ drain: -5 })).rejects.toThrow(
    "The option 'drain' must be a non-negative number of milliseconds, not -5",
  )
  await one.stop()
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
    `Unknown option '${name}' of a call (available: signal, timeout, idleTimeout, onProgress, meta)`,
  )
  if (name === 'timout') expect(String(error)).toMatch(/; did you mean 'timeout'\?$/)
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
