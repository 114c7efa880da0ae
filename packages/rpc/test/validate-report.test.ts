import { connect, createPair, defineContract, Type, type PeerOptions } from '@simple-ipc/rpc'
import { afterEach, describe, expect, it } from 'vitest'
import { RawEnd } from './raw-peer.js'
import { failureOf } from './start-calculator.js'

const Point = Type.Object({ x: Type.Number(), label: Type.Optional(Type.String()) })
const points = defineContract({
  name: 'points',
  version: '1.0.0',
  types: { Point },
  child: {
    methods: {
      find: {
        params: Type.Object({ at: Type.Integer() }),
        result: Type.Ref('Point'),
        progress: Type.Number(),
      },
      all: { stream: Type.Ref('Point'), result: Type.Integer() },
      fail: { errors: { Full: { code: 1001, data: Type.Object({ most: Type.Integer() }) } } },
    },
  },
  host: {
    methods: { where: { params: Type.Object({ of: Type.String() }), result: Type.Integer() } },
    notifications: { moved: Type.Ref('Point') },
  },
})

let close: () => void = () => undefined
afterEach(() => close())

/** A host whose child is played by hand, and what it was told of. */
function start(validate: PeerOptions['validate'], contract = points) {
  const far = new RawEnd()
  const told: { message: string; value: unknown }[] = []
  const asked: unknown[] = []
  const client = connect(contract, far.input, far.output, {
    side: 'host',
    handlers: { where: params => asked.push(params) },
    verify: false,
    validate,
    onProtocolError: (message, details) => told.push({ message, value: details?.value }),
  })
  client.on('moved', point => asked.push(point))
  close = () => client.close()
  return { client, far, told, asked }
}

describe("validate: 'report'", () => {
  it('accepts what does not fit from the other side, as it is, and tells of it', async () => {
    const { client, far, told, asked } = start('report')
    const reports: unknown[] = []
    const found = client.call('find', { at: 1 }, { onProgress: report => reports.push(report) })
    const { id } = await far.next()
    far.say({ jsonrpc: '2.0', method: '$/progress', params: { token: id, value: 'half' } })
    far.say({ jsonrpc: '2.0', id, result: { x: '1' } })
    expect(await found).toEqual({ x: '1' })
    expect(reports).toEqual(['half'])
    far.say(
      { jsonrpc: '2.0', method: 'moved', params: { x: null } },
      { jsonrpc: '2.0', id: 7, method: 'where', params: {} },
    )
    expect(await far.next()).toEqual({ jsonrpc: '2.0', id: 7, result: 2 })
    expect(asked).toEqual([{ x: null }, {}])
    expect(told).toEqual([
      {
        message: 'A progress of find does not fit the contract, and was accepted: progress must be a number',
        value: 'half',
      },
      {
        message: 'A result of find does not fit the contract, and was accepted: result/x must be a number',
        value: { x: '1' },
      },
      {
        message: 'A params of moved does not fit the contract, and was accepted: params/x must be a number',
        value: { x: null },
      },
      {
        message: 'A params of where does not fit the contract, and was accepted: params/of is missing',
        value: {},
      },
    ])
  })

  it('accepts items, and the data of errors', async () => {
    const { client, far, told } = start('report')
    const run = client.stream('all')
    const { id } = await far.next()
    far.say(
      { jsonrpc: '2.0', method: '$/items', params: { id, values: [{ x: 1 }, 5, { x: 2 }] } },
      { jsonrpc: '2.0', id, result: 'three' },
    )
    const items = []
    for await (const item of run) items.push(item)
    expect(items).toEqual([{ x: 1 }, 5, { x: 2 }])
    expect(await run.result).toBe('three')
    const failure = failureOf(client.call('fail'))
    far.say({
      jsonrpc: '2.0',
      id: (await far.next()).id,
      error: { code: 1001, message: 'full', data: { most: '7' } },
    })
    const error = await failure
    expect(client.isError(error, 'fail', 'Full') && error.data).toEqual({ most: '7' })
    expect(told.map(({ value }) => value)).toEqual([5, 'three', { most: '7' }])
  })

  it('still fails what this side itself would send', async () => {
    const { client, far } = start('report')
    expect(await failureOf(client.call('find', { at: 'x' as never }))).toMatchObject({
      code: 'INVALID_PARAMS',
    })
    expect(await far.untilQuiet()).toEqual([])
  })

  it('is for the calls, the answers, or single methods of the other side', async () => {
    const { client, far, told } = start({ results: 'report', methods: { all: true, where: false } })
    const answer = async (call: Promise<unknown>, result: unknown): Promise<unknown> => {
      far.say({ jsonrpc: '2.0', id: (await far.next()).id, result })
      return call
    }
    expect(await answer(client.call('find', { at: 1 }), 5)).toBe(5)
    expect(await failureOf(answer(client.call('all'), 'x'))).toMatchObject({
      code: 'INVALID_RESULT',
      value: 'x',
    })
    far.say({ jsonrpc: '2.0', id: 7, method: 'where', params: { of: 5 } })
    expect((await far.next()).result).toBe(1)
    far.say({ jsonrpc: '2.0', method: 'moved', params: {} })
    await far.untilQuiet()
    expect(told.map(({ message }) => message)).toEqual([
      'A result of find does not fit the contract, and was accepted: result must be an object',
      'The notification moved does not fit the contract: params/x is missing',
    ])
  })

  it.each<[unknown, RegExp]>([
    ['reports', /'validate' must be a boolean, 'report' or an object, not 'reports'/],
    [{ result: 'report' }, /did you mean 'validate.results'/],
    [{ results: 'yes' }, /'validate.results' must be a boolean or 'report', not 'yes'/],
    [{ methods: { fnd: 'report' } }, /validate\.methods names 'fnd'.*did you mean 'find'/],
    [{ methods: { find: 'yes' } }, /validate\.methods\.find must be/],
  ])('says what is wrong with %j', (validate, says) => {
    expect(() => start(validate as never)).toThrow(says)
  })

  it('is an option in memory, too', async () => {
    const pair = createPair(
      points,
      { find: () => ({ x: 'one' }) as never, all: never, fail: () => undefined },
      { validate: 'report' },
    )
    close = () => pair.close()
    // What a handler answers is its own side's, and is refused there.
    expect(await failureOf(pair.client.call('find', { at: 1 }))).toMatchObject({ code: -32603 })
  })
})

describe('foreign: { nullIsAbsent }', () => {
  const foreign = defineContract({
    ...points.spec,
    types: {
      Point,
      Tree: Type.Object({
        nodes: Type.Optional(Type.Array(Type.Ref('Tree'))),
        point: Type.Optional(Type.Ref('Point')),
        none: Type.Optional(Type.Union([Type.String(), Type.Null()])),
        either: Type.Optional(
          Type.Union([
            Type.Object({ kind: Type.Literal('a'), a: Type.Optional(Type.Integer()) }),
            Type.Object({ kind: Type.Literal('b'), b: Type.Optional(Type.Integer()) }),
          ]),
        ),
        named: Type.Optional(Type.Record(Type.String(), Type.Object({ n: Type.Optional(Type.Integer()) }))),
      }),
    },
    child: { methods: { ...points.spec.child.methods, tree: { result: Type.Ref('Tree') } } },
    foreign: { cancel: 'none', nullIsAbsent: true },
  })

  it('takes null for a member that is absent, wherever it is, and only where it may be absent and not null', async () => {
    const { client, far } = start(true, foreign)
    const tree = (client as never as { call(name: string): Promise<unknown> }).call('tree')
    far.say({
      jsonrpc: '2.0',
      id: (await far.next()).id,
      result: {
        nodes: [{ nodes: null, point: null, none: null }],
        point: { x: 1, label: null, other: null },
        either: { kind: 'b', b: null, a: null },
        named: { one: { n: null }, two: {} },
      },
    })
    expect(await tree).toEqual({
      nodes: [{ none: null }],
      point: { x: 1, other: null },
      either: { kind: 'b', a: null },
      named: { one: {}, two: {} },
    })
    const found = failureOf(client.call('find', { at: 1 }))
    far.say({ jsonrpc: '2.0', id: (await far.next()).id, result: { x: null, label: null } })
    expect(await found).toMatchObject({
      code: 'INVALID_RESULT',
      message: expect.stringContaining('result/x') as string,
    })
  })

  it('is for what comes from there alone', async () => {
    const { client, far } = start(true, points)
    const found = failureOf(client.call('find', { at: 1 }))
    far.say({ jsonrpc: '2.0', id: (await far.next()).id, result: { x: 1, label: null } })
    expect(await found).toMatchObject({ code: 'INVALID_RESULT', value: { x: 1, label: null } })
  })
})

// eslint-disable-next-line require-yield -- nothing is asked of it
async function* never(): AsyncGenerator<never, number> {
  return await Promise.resolve(0)
}
