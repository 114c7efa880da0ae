import { afterEach, describe, expect, it } from 'vitest'
import { Client, connect, defineContract, Type, type ContractSpec, type ForeignSpec } from '@simple-ipc/rpc'
import { RawEnd } from './raw-peer.js'
import { failureOf, fixture } from './start-calculator.js'

const contractOf = <F extends ForeignSpec>(foreign: F) =>
  defineContract({
    name: 'foreign',
    version: '1',
    foreign,
    child: { methods: { initialize: {}, work: {} } },
    host: { methods: { wait: {} } },
  })

describe('A program that others wrote is told of a call that is not wanted any more', () => {
  const lsp = (id: number) => ({ jsonrpc: '2.0', method: '$/cancelRequest', params: { id } })
  const mcp = (requestId: number) => ({
    jsonrpc: '2.0',
    method: 'notifications/cancelled',
    params: { requestId },
  })
  const kinds: [string, ForeignSpec, unknown[]][] = [
    ['lsp: as language servers are', { cancel: 'lsp' }, [lsp(1), lsp(2)]],
    ['mcp: as MCP servers are, which forbid to cancel initialize', { cancel: 'mcp' }, [mcp(2)]],
    [
      'a notification of its own',
      { cancel: { method: '$/cancel_request', param: 'requestId' } },
      [1, 2].map(requestId => ({ jsonrpc: '2.0', method: '$/cancel_request', params: { requestId } })),
    ],
    ['none: not at all', { cancel: 'none' }, []],
    ['true: not at all', true, []],
  ]
  let client: Client<ContractSpec> | undefined
  afterEach(() => client?.stop())

  /** What a child read after two calls, and what was done to them. */
  async function readAfter(
    foreign: ForeignSpec,
    end: (client: Client<ContractSpec>, abort: () => void) => Promise<void> | void,
  ): Promise<{ read: unknown[]; errors: unknown[] }> {
    const read: unknown[] = []
    let arrived: () => void = () => undefined
    const both = new Promise<void>(resolve => (arrived = resolve))
    const controller = new AbortController()
    const { signal } = controller
    const child = [process.execPath, fixture('tells-what-it-reads.mjs')] as const
    const one = new Client(contractOf(foreign), child, {
      host: { wait: () => undefined },
      onLine: line => {
        read.push(JSON.parse(line.slice('read '.length)))
        if (read.length === 2) arrived()
      },
    })
    client = one
    const calls = [
      failureOf(one.call('initialize', undefined, { signal })),
      failureOf(one.call('work', undefined, { signal })),
    ]
    await both
    await end(one, () => controller.abort())
    const errors = await Promise.all(calls)
    await one.stop()
    expect(read.slice(0, 2)).toMatchObject([{ method: 'initialize' }, { method: 'work' }])
    return { read: read.slice(2), errors }
  }

  it.each(kinds)('by its caller: %s', async (_, foreign, expected) => {
    const { read, errors } = await readAfter(foreign, (_client, abort) => abort())
    expect(errors).toMatchObject([{ code: 'CANCELLED' }, { code: 'CANCELLED' }])
    expect(read).toEqual(expected)
  })

  it.each(kinds)('by a stop, before its input ends: %s', async (_, foreign, expected) => {
    const { read, errors } = await readAfter(foreign, one => one.stop())
    expect(errors).toMatchObject([{ code: 'STOPPED' }, { code: 'STOPPED' }])
    expect(read).toEqual(expected)
  })
})

describe('A program that others wrote cancels what it has asked', () => {
  it.each<[string, ForeignSpec, object, unknown]>([
    ['lsp: and is answered', { cancel: 'lsp' }, { method: '$/cancelRequest', params: { id: 7 } }, -32800],
    [
      'mcp: and is not answered, as MCP wants it',
      { cancel: 'mcp' },
      { method: 'notifications/cancelled', params: { requestId: 7 } },
      undefined,
    ],
    [
      'a notification of its own: and is answered',
      { cancel: { method: '$/cancel_request', param: 'requestId' } },
      { method: '$/cancel_request', params: { requestId: 7 } },
      -32800,
    ],
    ['none: which means nothing', { cancel: 'none' }, { method: '$/cancelRequest', params: { id: 7 } }, 0],
  ])('%s', async (_, foreign, cancel, expected) => {
    const child = new RawEnd()
    let release: () => void = () => undefined
    const released = new Promise<void>(resolve => (release = resolve))
    const host = connect(contractOf(foreign), child.input, child.output, {
      side: 'host',
      handlers: {
        wait: (_params, { signal }) => {
          if (expected !== 0) signal.addEventListener('abort', release)
          return released
        },
      },
      fallback: method => method,
    })
    child.say({ jsonrpc: '2.0', id: 7, method: 'wait' }, { jsonrpc: '2.0', ...cancel })
    if (expected === 0) release()
    await released
    // Whatever is answered to a request after it comes behind its own answer.
    await new Promise(resolve => setImmediate(resolve))
    child.say({ jsonrpc: '2.0', id: 8, method: 'other' })
    const first = await child.next()
    if (expected === undefined) expect(first).toEqual({ jsonrpc: '2.0', id: 8, result: 'other' })
    else {
      expect(first.id).toBe(7)
      expect(first.error?.code ?? 0).toBe(expected)
      expect(await child.next()).toMatchObject({ id: 8 })
    }
    host.close()
  })
})

describe('A program that others wrote reports progress under a token of the call', () => {
  const Step = Type.Object({ progress: Type.Number(), total: Type.Optional(Type.Number()) })
  const reporting = <F extends ForeignSpec>(foreign: F) =>
    defineContract({
      name: 'foreign',
      version: '1',
      foreign,
      child: {
        methods: {
          work: { params: Type.Object({ size: Type.Optional(Type.Integer()) }), progress: Step },
          silent: { params: Type.Object({}) },
        },
      },
      host: { methods: { help: { params: Type.Object({}), progress: Step } } },
    })
  const styles = [
    {
      style: 'lsp',
      tokenOf: (params: Record<string, unknown>) => params['workDoneToken'],
      asked: { workDoneToken: 'mine' },
      report: (token: unknown, value: object) => ({ method: '$/progress', params: { token, value } }),
    },
    {
      style: 'mcp',
      tokenOf: (params: Record<string, Record<string, unknown>>) => params['_meta']?.['progressToken'],
      asked: { _meta: { progressToken: 'mine', other: 1 } },
      report: (progressToken: unknown, value: object) => ({
        method: 'notifications/progress',
        params: { progressToken, ...value },
      }),
    },
  ] as const

  it.each(styles)('$style: which its caller is given', async ({ style, tokenOf, asked, report }) => {
    const child = new RawEnd()
    const unknown: string[] = []
    const host = connect(reporting({ cancel: 'none', progress: style }), child.input, child.output, {
      side: 'host',
      handlers: { help: () => undefined },
      onUnknownNotification: method => unknown.push(method),
    })
    const say = (message: object): void => child.say({ jsonrpc: '2.0', ...message })
    const steps: unknown[] = []
    const call = host.call('work', { size: 3 }, { onProgress: step => steps.push(step) })
    const { id, params } = await child.next()
    const token = tokenOf(params as never)
    expect(token).toBeTypeOf('string')
    expect(params).toMatchObject({ size: 3 })
    say(report(token, { progress: 1, total: 3 }))
    say(report('of another', { progress: 9 }))
    say({ id, result: null })
    await call
    expect(steps).toEqual(
      [report(token, { progress: 1, total: 3 }).params].map(sent =>
        style === 'lsp' ? { progress: 1, total: 3 } : sent,
      ),
    )
    // A report of no call, or of one that has ended, is a notification like others.
    say(report(token, { progress: 2 }))
    const own = host.call('work', asked as never, { onProgress: step => steps.push(step) })
    const second = await child.next()
    expect(second.params).toEqual(asked)
    say(report('mine', { progress: 5 }))
    say({ id: second.id, result: null })
    await own
    expect(steps).toHaveLength(2)
    expect(unknown).toEqual(Array(2).fill(report('', {}).method))
    host.close()
  })

  it.each(styles)('$style: and only to calls that wait for reports', async ({ style, tokenOf }) => {
    const child = new RawEnd()
    const host = connect(reporting({ cancel: 'none', progress: style }), child.input, child.output, {
      side: 'host',
      handlers: { help: () => undefined },
    })
    const onProgress = (): void => undefined
    const calls = [
      host.call('work'),
      host.call('silent', {}, { onProgress }),
      host.call('work', undefined, { idleTimeout: 60_000 }),
    ]
    const tokens: unknown[] = []
    for (const call of calls) {
      const { id, params = {} } = (await child.next()) as { id: number; params?: object }
      tokens.push(tokenOf(params as never))
      child.say({ jsonrpc: '2.0', id, result: null })
      await call
    }
    expect(tokens).toEqual([undefined, undefined, expect.any(String)])
    host.close()
  })

  it.each(styles)('$style: which reports of a handler here carry', async ({ style, asked, report }) => {
    const child = new RawEnd()
    const host = connect(reporting({ cancel: 'none', progress: style }), child.input, child.output, {
      side: 'host',
      handlers: {
        help: (_params, { progress }) => {
          progress({ progress: 1, total: 2 })
        },
      },
    })
    child.say({ jsonrpc: '2.0', id: 'a', method: 'help', params: asked })
    expect(await child.next()).toEqual({ jsonrpc: '2.0', ...report('mine', { progress: 1, total: 2 }) })
    expect(await child.next()).toMatchObject({ id: 'a' })
    // It has not asked for reports.
    child.say({ jsonrpc: '2.0', id: 'b', method: 'help' })
    expect(await child.next()).toMatchObject({ id: 'b', result: null })
    host.close()
  })
})

describe('A program that behaves as others were seen to', () => {
  it.each(['lines', 'headers'] as const)('ends no session: %s', async framing => {
    const contract = defineContract({
      name: 'foreign',
      version: '1',
      foreign: true,
      child: {
        methods: {
          large: { params: Type.Object({ size: Type.Integer() }), result: Type.String() },
          slow: {},
          answers: { result: Type.Array(Type.Unknown()) },
        },
        notifications: { hello: Type.Object({}) },
      },
      host: {
        methods: {
          configuration: {
            params: Type.Object({ items: Type.Array(Type.Unknown()) }),
            result: Type.Integer(),
          },
        },
      },
    })
    const chatter: string[] = []
    const unknown: string[] = []
    const protocolErrors: string[] = []
    const client = new Client(contract, [process.execPath, fixture('behaves-badly.mjs'), framing], {
      framing,
      stop: { input: 50, term: 50 },
      onLine: line => chatter.push(line),
      onUnknownNotification: method => unknown.push(method),
      onProtocolError: message => protocolErrors.push(message),
      host: { configuration: ({ items }) => items.length },
      fallback: () => null,
    })
    client.notify('hello')
    const slow = failureOf(client.call('slow'))
    const large = await Promise.all([500_000, 1_400_000].map(size => client.call('large', { size })))
    expect(large.map(text => text.length)).toEqual([500_000, 1_400_000])
    expect(await client.call('answers')).toEqual([
      [0, 0],
      [1, null],
      ['1', 1],
    ])
    expect(chatter.filter(line => line !== '')).toEqual(['> app@1.0.0 start', '> node app'])
    expect(unknown).toEqual(['ready'])
    // An answer without an id, one with null, and one to the string of a number.
    expect(protocolErrors).toHaveLength(3)
    await client.stop()
    expect(await slow).toMatchObject({ code: 'STOPPED' })
    expect((await client.worker.exited).signal).toBe('SIGKILL')
  })
})
