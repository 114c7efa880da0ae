import { Type } from 'typebox'
import { describe, expectTypeOf, it } from 'vitest'
import { defineContract } from './contract.js'
import type { Contract, ContractSpec } from './contract-spec.js'
import type { ChildHandlers, HostHandlers, RemoteChild, RemoteHost, Stream } from './contract-types.js'

const Column = Type.Object({ name: Type.String(), missing: Type.Integer() })
const profiler = defineContract({
  name: 'profiler',
  version: '1.0.0',
  types: { Column, Node: Type.Object({ value: Type.Number(), next: Type.Optional(Type.Ref('Node')) }) },
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
    },
    notifications: { flush: Type.Object({}), limit: Type.Object({ rows: Type.Integer() }) },
  },
  host: {
    methods: { confirm: { params: Type.Object({ question: Type.String() }), result: Type.Boolean() } },
    notifications: { log: Type.Object({ text: Type.String() }) },
  },
})
const specOf = <S extends ContractSpec>(contract: Contract<S>): S => contract.spec
const spec = specOf(profiler)
type Spec = typeof spec
declare const child: RemoteChild<Spec>
declare const host: RemoteHost<Spec>
declare const handle: (handlers: ChildHandlers<Spec>) => void
declare const handleHost: (handlers: HostHandlers<Spec>) => void

it('a contract keeps its literals', () => {
  expectTypeOf(spec.child.methods.profile.errors.NotACsv.code).toEqualTypeOf<1001>()
})

describe('calls', () => {
  it('know params and result', () => {
    expectTypeOf(child.call('profile', { path: '' })).toEqualTypeOf<Promise<{ rows: number }>>()
    expectTypeOf(child.call('add', [1, 2])).toEqualTypeOf<Promise<number>>()
    expectTypeOf(child.call('ping')).toEqualTypeOf<Promise<void>>()
    expectTypeOf(child.methods.add([1, 2])).toEqualTypeOf<Promise<number>>()
    expectTypeOf(host.call('confirm', { question: '' })).toEqualTypeOf<Promise<boolean>>()
    expectTypeOf(child.stream('profile', { path: '' })).toEqualTypeOf<
      Stream<{ name: string; missing: number }, { rows: number }>
    >()
  })
  it('know the types a contract refers to', async () => {
    const node = await child.call('find')
    expectTypeOf(node.next?.next?.value).toEqualTypeOf<number | undefined>()
  })
  it('refuse what is not in the contract', () => {
    // @ts-expect-error no such method
    void child.call('profil', { path: '' })
    // @ts-expect-error a wrong parameter
    void child.call('profile', { path: 1 })
    // @ts-expect-error missing params
    void child.call('profile')
    // @ts-expect-error a tuple of another length
    void child.call('add', [1])
    // @ts-expect-error not a streaming method
    void child.stream('add', [1, 2])
    // @ts-expect-error a notification of the other direction
    child.notify('log', { text: '' })
  })
})

describe('handlers', () => {
  it('are inferred whole', () => {
    handle({
      async *profile({ path }, { progress, peer, error, signal }) {
        expectTypeOf(path).toEqualTypeOf<string>()
        expectTypeOf(signal).toEqualTypeOf<AbortSignal>()
        progress(1)
        await peer.call('confirm', { question: path })
        yield { name: '', missing: 0 }
        if (path === '') throw error('NotACsv', { line: 1 })
        return { rows: 1 }
      },
      add: ([a, b]) => a + b,
      ping: () => undefined,
      find: ({ name }) => ({ value: name?.length ?? 0 }),
      flush: () => undefined,
    })
    handleHost({ confirm: ({ question }) => question === '' })
  })
})
