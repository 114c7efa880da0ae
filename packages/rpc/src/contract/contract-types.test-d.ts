import { Type } from 'typebox'
import { describe, expectTypeOf, it } from 'vitest'

import { Client } from '../client/client.js'
import type { RpcError } from '../errors/rpc-error.js'
import { Bytes, Int64 } from '../schema/converted-schema.js'
import { Open, type UnlistedValue } from '../schema/open-schema.js'
import { Pool } from '../pool/pool.js'
import { serve } from '../serve/serve.js'
import type {
  ChildHandlers,
  HostHandlers,
  MissingHandlers,
  RemoteChild,
  RemoteHost,
  Stream,
} from './contract-types.js'
import { defineContract } from './define-contract.js'
import { pick, type MemberName } from './pick.js'

const Column = Type.Object({ name: Type.String(), missing: Type.Integer() })
const Node = Type.Object({ value: Type.Number(), next: Type.Optional(Type.Ref('Node')) })
const Shape = Type.Union([
  Type.Object({ kind: Type.Literal('circle'), r: Type.Number() }),
  Type.Object({ kind: Type.Literal('square'), a: Type.Number() }),
])
const contract = defineContract({
  name: 'test',
  version: '1.0.0',
  types: { Column, Node, Shape },
  child: {
    methods: {
      profile: {
        params: Type.Object({ path: Type.String() }),
        stream: Column,
        progress: Type.Number(),
        result: Type.Object({ rows: Type.Integer() }),
        errors: {
          NotACsv: { code: 1001, data: Type.Object({ line: Type.Integer() }) },
          Empty: { code: 1002 },
        },
      },
      add: { params: Type.Tuple([Type.Number(), Type.Number()]), result: Type.Number() },
      ping: {},
      find: { params: Type.Object({ name: Type.Optional(Type.String()) }), result: Type.Ref('Node') },
      maybe: { params: Type.Optional(Type.Object({ deep: Type.Optional(Type.Boolean()) })) },
      draw: {
        params: Type.Object({ shape: Type.Ref('Shape') }),
        result: Type.Union([Type.Ref('Shape'), Type.Null()]),
      },
      wide: { params: Type.Object({ id: Int64() }), result: Type.Object({ data: Bytes() }) },
      colour: { result: Open(Type.Enum(['red', 'green'])) },
      shapes: { result: Open(Type.Union([Type.Ref('Node'), Type.Object({ kind: Type.Literal('x') })])) },
      map: { result: Type.Record(Type.String(), Type.Array(Type.Ref('Column'))) },
      tree: { result: Type.Cyclic({ Tree: Type.Array(Type.Ref('Tree')) }, 'Tree') },
      raw: { result: Type.Unsafe<`v${number}`>({ type: 'string' }) },
    },
    notifications: {
      flush: Type.Object({}),
      limit: Type.Object({ rows: Type.Integer() }),
      at: Type.Tuple([Type.Number()]),
    },
  },
  host: {
    methods: { confirm: { params: Type.Object({ question: Type.String() }), result: Type.Boolean() } },
    notifications: { log: Type.Object({ text: Type.String() }) },
  },
})
type Spec = typeof contract.spec
declare const child: RemoteChild<Spec>
declare const host: RemoteHost<Spec>
declare const handle: (handlers: ChildHandlers<Spec>) => void
declare const handleHost: (handlers: HostHandlers<Spec>) => void

interface NodeValue {
  value: number
  next?: NodeValue
}

it('a contract keeps its literals', () => {
  expectTypeOf(contract.spec.child.methods.profile.errors.NotACsv.code).toEqualTypeOf<1001>()
})

describe('calls', () => {
  it('know params and result', () => {
    expectTypeOf(child.call('profile', { path: '' })).toEqualTypeOf<Promise<{ rows: number }>>()
    expectTypeOf(child.call('add', [1, 2])).toEqualTypeOf<Promise<number>>()
    expectTypeOf(child.methods.add([1, 2])).toEqualTypeOf<Promise<number>>()
    expectTypeOf(host.call('confirm', { question: '' })).toEqualTypeOf<Promise<boolean>>()
  })
  it('may leave out what may be left out', () => {
    expectTypeOf(child.call('ping')).toEqualTypeOf<Promise<void>>()
    expectTypeOf(child.call('ping', undefined, { timeout: 5 })).toEqualTypeOf<Promise<void>>()
    expectTypeOf(child.call('find')).toExtend<Promise<NodeValue>>()
    expectTypeOf(child.call('find', { name: '' })).toExtend<Promise<NodeValue>>()
    expectTypeOf(child.call('maybe')).toEqualTypeOf<Promise<void>>()
    expectTypeOf(child.call('maybe', { deep: true })).toEqualTypeOf<Promise<void>>()
    // @ts-expect-error params that are needed
    void child.call('profile')
    // @ts-expect-error a method without params takes none
    void child.call('ping', {})
  })
  it('know references, recursion, unions and maps', async () => {
    const node = await child.call('find')
    expectTypeOf(node.next?.next?.value).toEqualTypeOf<number | undefined>()
    const shape = await child.call('draw', { shape: { kind: 'circle', r: 1 } })
    if (shape?.kind === 'square') expectTypeOf(shape.a).toEqualTypeOf<number>()
    expectTypeOf(child.call('map')).toEqualTypeOf<
      Promise<Record<string, { name: string; missing: number }[]>>
    >()
    const tree = await child.call('tree')
    expectTypeOf(tree[0]?.[0]?.length).toEqualTypeOf<number | undefined>()
    expectTypeOf(child.call('raw')).toEqualTypeOf<Promise<`v${number}`>>()
    // @ts-expect-error a tag that is not there
    void child.call('draw', { shape: { kind: 'star' } })
    // @ts-expect-error the other branch's member
    void child.call('draw', { shape: { kind: 'circle', a: 1 } })
  })
  it('know what is converted', async () => {
    expectTypeOf(child.call('wide', { id: 1n })).toEqualTypeOf<Promise<{ data: Uint8Array }>>()
    expectTypeOf(child.call('colour')).toEqualTypeOf<Promise<'red' | 'green' | UnlistedValue>>()
    const shape = await child.call('shapes')
    expectTypeOf(shape).toExtend<NodeValue | { kind: 'x' } | UnlistedValue>()
    // @ts-expect-error what is not listed must be looked at first
    expectTypeOf(shape).toExtend<NodeValue | { kind: 'x' }>()
    // @ts-expect-error a number is not wide
    void child.call('wide', { id: 1 })
  })
  it('refuse what is not in the contract', () => {
    // @ts-expect-error no such method
    void child.call('profil', { path: '' })
    // @ts-expect-error a wrong parameter
    void child.call('profile', { path: 1 })
    // @ts-expect-error a misspelt parameter
    void child.call('profile', { paht: '' })
    // @ts-expect-error one parameter too many
    void child.call('profile', { path: '', more: 1 })
    // @ts-expect-error a tuple of another length
    void child.call('add', [1])
    expectTypeOf(child.methods).not.toHaveProperty('ad')
    // @ts-expect-error a method of the other side
    void child.call('confirm', { question: '' })
    // @ts-expect-error a misspelt option
    void child.call('ping', undefined, { timeuot: 1 })
  })
})

describe('streams', () => {
  it('know item, result and progress', () => {
    const run = child.stream(
      'profile',
      { path: '' },
      { onProgress: done => expectTypeOf(done).toEqualTypeOf<number>() },
    )
    expectTypeOf(run).toEqualTypeOf<Stream<{ name: string; missing: number }, { rows: number }>>()
    expectTypeOf(run.result).toEqualTypeOf<Promise<{ rows: number }>>()
  })
  it('are there for streaming methods only', () => {
    // @ts-expect-error not a streaming method
    void child.stream('add', [1, 2])
  })
})

describe('notifications', () => {
  it('go one way each', () => {
    child.notify('flush')
    child.notify('limit', { rows: 1 })
    child.notify('at', [1])
    expectTypeOf(
      child.on('log', ({ text }) => {
        expectTypeOf(text).toEqualTypeOf<string>()
      }),
    ).toEqualTypeOf<() => void>()
    host.notify('log', { text: '' })
    // @ts-expect-error of the other direction
    child.notify('log', { text: '' })
    // @ts-expect-error of the other direction
    child.on('flush', () => undefined)
    // @ts-expect-error wrong params
    child.notify('limit', { rows: '' })
    // @ts-expect-error params that are needed
    child.notify('limit')
  })
})

describe('declared errors', () => {
  it('narrow', () => {
    const error: unknown = undefined
    if (child.isError(error, 'profile', 'NotACsv')) {
      expectTypeOf(error.data).toEqualTypeOf<{ line: number }>()
      expectTypeOf(error.code).toEqualTypeOf<1001>()
    }
    if (child.isError(error, 'profile', 'Empty')) expectTypeOf(error.data).toEqualTypeOf<undefined>()
    // @ts-expect-error an error the method does not declare
    child.isError(error, 'profile', 'Other')
    // @ts-expect-error a method that declares none
    child.isError(error, 'add', 'NotACsv')
  })
})

const rest: Pick<ChildHandlers<Spec>, Exclude<keyof ChildHandlers<Spec>, 'profile' | 'add'>> = {
  ping: () => undefined,
  find: ({ name }) => ({ value: name?.length ?? 0 }),
  maybe: params => {
    expectTypeOf(params).toEqualTypeOf<{ deep?: boolean } | undefined>()
  },
  draw: ({ shape }) => (shape.kind === 'circle' ? { kind: 'square', a: shape.r } : null),
  wide: ({ id }) => ({ data: new Uint8Array(Number(id)) }),
  colour: () => 'red',
  shapes: () => ({ kind: 'x' }),
  map: () => ({}),
  tree: () => [[], [[]]],
  raw: () => 'v1',
}
async function* profile(): AsyncGenerator<{ name: string; missing: number }, { rows: number }, void> {
  yield await Promise.resolve({ name: '', missing: 0 })
  return { rows: 1 }
}

describe('handlers', () => {
  it('are inferred whole', () => {
    handle({
      ...rest,
      async *profile({ path }, { progress, peer, error, signal }) {
        expectTypeOf(path).toEqualTypeOf<string>()
        expectTypeOf(signal).toEqualTypeOf<AbortSignal>()
        expectTypeOf(progress).parameters.toEqualTypeOf<[value: number]>()
        expectTypeOf(await peer.call('confirm', { question: path })).toEqualTypeOf<boolean>()
        yield { name: '', missing: 0 }
        expectTypeOf(error('Empty')).toEqualTypeOf<RpcError>()
        if (path === '') throw error('NotACsv', { line: 1 })
        return { rows: 1 }
      },
      add: ([a, b]) => a + b,
      limit: ({ rows }) => {
        expectTypeOf(rows).toEqualTypeOf<number>()
      },
    })
    handleHost({
      confirm: async ({ question }, { peer }) => (await peer.call('add', [1, 2])) > question.length,
    })
  })
  it('refuse what is not in the contract', () => {
    // @ts-expect-error a handler is missing
    handle({ ...rest, profile })
    // @ts-expect-error a misspelt handler
    handle({ ...rest, profile, add: ([a, b]) => a + b, pnig: () => undefined })
    // @ts-expect-error a result of another type
    handle({ ...rest, profile, add: () => '' })
    // @ts-expect-error a result that is missing
    handle({ ...rest, profile, add: () => undefined })
    handle({
      ...rest,
      add: ([a, b]) => a + b,
      // @ts-expect-error a wrong stream item
      async *profile() {
        yield await Promise.resolve({ name: '' })
        return { rows: 1 }
      },
    })
    handle({
      ...rest,
      add: ([a, b]) => a + b,
      // eslint-disable-next-line require-yield
      async *profile(_, { error }) {
        // @ts-expect-error an error that is not declared
        await Promise.resolve(error('Other'))
        // @ts-expect-error data that is missing
        throw error('NotACsv')
      },
    })
    // @ts-expect-error a handler of the other side
    handleHost({ confirm: () => true, add: () => 1 })
  })
})

describe('new Client and serve', () => {
  it('ask for handlers exactly where the contract has methods', () => {
    const lonely = defineContract({ name: 'lonely', version: '1', child: { methods: { ping: {} } } })
    const none = defineContract({ name: 'none', version: '1' })
    const never = (): void => {
      new Client(contract, 'program', { host: { confirm: ({ question }) => question === '' } })
      new Client(contract, 'program', { host: { confirm: () => true }, cwd: '.' })
      new Client(lonely, 'program')
      new Client(lonely, ['program'], { cwd: '.' })
      new Client(none, 'program')
      serve(lonely, { ping: () => undefined })
      // @ts-expect-error the host's handlers are missing
      new Client(contract, 'program')
      // @ts-expect-error the host's handlers are missing
      new Pool(contract, ['program', 'argument'])
      // @ts-expect-error the host's handlers are missing
      new Client(contract, 'program', { cwd: '.' })
      // @ts-expect-error a handler is missing
      new Client(contract, 'program', { host: {} })
      // @ts-expect-error a handler is missing
      serve(lonely, {})
    }
    expectTypeOf(never).toBeFunction()
  })
})

describe('what the compiler prints where handlers are missing', () => {
  it('names them', () => {
    expectTypeOf<
      MissingHandlers<{ confirm(): boolean; log?(): void }>
    >().toEqualTypeOf<'Pass { host: { confirm: … } } as the last argument'>()
    const never = (): void => {
      const sentence = 'Pass { host: { confirm: … } } as the last argument'
      // Only the sentence itself fits: no program is called so.
      new Client(contract, sentence)
      new Pool(contract, sentence)
    }
    expectTypeOf(never).toBeFunction()
  })
})

describe('onStart and commands', () => {
  it('are typed: the child by its contract, several commands as a list of lists', () => {
    const never = (): void => {
      const host = { confirm: () => true }
      new Client(contract, 'program', {
        host,
        onStart: async child => {
          expectTypeOf(child).toEqualTypeOf<RemoteChild<(typeof contract)['spec']>>()
          expectTypeOf(child.call('add', [1, 2])).resolves.toEqualTypeOf<number>()
          // @ts-expect-error no such method
          await child.call('subtract', [1, 2])
        },
      })
      new Pool(contract, 'program', { host, onStart: child => child.call('ping') })
      new Pool(contract, ['program', 'argument'], { host })
      new Pool(contract, [['program', 'argument'], ['other']], { host })
      // @ts-expect-error one command and several at once
      new Pool(contract, ['program', ['other']], { host })
      // @ts-expect-error a client has one program
      new Client(contract, [['program'], ['other']], { host })
    }
    expectTypeOf(never).toBeFunction()
  })
})

describe('handlers of a foreign contract', () => {
  const foreign = defineContract({
    name: 'foreign',
    version: '1',
    foreign: { cancel: 'lsp' },
    child: { methods: { work: {} } },
    host: {
      methods: {
        configure: { params: Type.Object({ name: Type.String() }), result: Type.Integer() },
        ask: {},
      },
    },
  })
  const fallback = (): null => null

  it('may be some of them, or none, if fallback answers the others', () => {
    const never = (): void => {
      new Client(foreign, 'program', { fallback })
      new Client(foreign, 'program', {
        fallback,
        host: {
          configure: ({ name }) => {
            expectTypeOf(name).toEqualTypeOf<string>()
            return name.length
          },
        },
        onStart: async child => child.call('work'),
      })
      new Pool(foreign, 'program', { fallback, host: {} })
      // @ts-expect-error a handler of what is not declared
      new Client(foreign, 'program', { fallback, host: { other: () => null } })
      // @ts-expect-error nobody answers the others
      new Client(foreign, 'program', { host: { ask: () => undefined } })
      // @ts-expect-error of a contract of our own all are needed: its child knows what it may ask
      new Client(contract, 'program', { fallback, host: {} })
    }
    expectTypeOf(never).toBeFunction()
  })

  it('and members may be picked, with what they need', () => {
    const picked = pick(foreign, ['work', 'ask'])
    expectTypeOf<MemberName<(typeof foreign)['spec']>>().toEqualTypeOf<'work' | 'configure' | 'ask'>()
    const never = async (): Promise<void> => {
      const client = new Client(picked, 'program', { host: { ask: () => undefined } })
      expectTypeOf(client.call('work')).resolves.toBeVoid()
      // @ts-expect-error not picked
      await client.call('configure', { name: '' })
      // @ts-expect-error the contract has no such member
      pick(foreign, ['work', 'wrok'])
    }
    expectTypeOf(never).toBeFunction()
  })
})

describe('defineContract', () => {
  it('refuses what is no schema, and what is misspelt among its own words', () => {
    const never = (): void => {
      // @ts-expect-error a forgotten Type.Object
      defineContract({ name: '', version: '', child: { methods: { m: { params: { a: Type.String() } } } } })
      // @ts-expect-error a forgotten Type.Object
      defineContract({ name: '', version: '', host: { notifications: { n: {} } } })
      // @ts-expect-error a code that is a text
      defineContract({ name: '', version: '', child: { methods: { m: { errors: { e: { code: '1' } } } } } })
      // @ts-expect-error a missing version
      defineContract({ name: '' })
    }
    expectTypeOf(never).toBeFunction()
  })
})
