import fc from 'fast-check'
import { Type } from 'typebox'
import { describe, expect, it } from 'vitest'

import { anySchema, types, valueFor } from '../../test/any-schema.js'
import type { ContractSpec, MethodSpec, Schema } from '../contract/contract-spec.js'
import { defineContract } from '../contract/define-contract.js'
import { Open } from '../schema/open-schema.js'
import { checkValue } from '../validate/check-value.js'
import { compareContracts } from './compare-contracts.js'
import type { PlainContract } from '../contract/plain-contract.js'
import type { PlainSchema, PlainTypes } from '../schema/plain-schema.js'
import { incompatibilities } from './compare-schemas.js'

const contract = (parts: Partial<ContractSpec>) => defineContract({ name: 'test', version: '1', ...parts })
const child = (methods: Record<string, MethodSpec>, types: Record<string, Schema> = {}) =>
  contract({ types, child: { methods } })
/** Each difference in a line, the breaking ones with an exclamation mark. */
const lines = (
  a: Parameters<typeof compareContracts>[0],
  b: Parameters<typeof compareContracts>[0],
): string[] =>
  compareContracts(a, b).map(
    ({ side, member, path, breaking, message }) =>
      `${breaking ? '!' : ' '} ${side} ${member}${path} ${message}`,
  )

describe('members', () => {
  it('that both have do not differ, whatever is said about them and however they are named', () => {
    const Point = Type.Object({ x: Type.Number() })
    const one = child({ m: { summary: 'a', params: Point, result: Type.Array(Point) } }, { Point })
    const other = child(
      {
        m: {
          params: Type.Object({ x: Type.Number({ description: 'b' }) }),
          result: Type.Array(Type.Ref('Point')),
        },
      },
      { Point },
    )
    expect(lines(one, other)).toEqual([])
  })
  it('that the child lacks break; that only the child has do not', () => {
    expect(lines(child({ a: {}, b: {} }), child({ b: {}, c: {} }))).toEqual([
      '  child c the host does not know it',
      '! child a the child does not have it',
    ])
  })
  it('that the host lacks break too', () => {
    const asks = contract({ host: { methods: { confirm: {} }, notifications: { log: Type.Object({}) } } })
    expect(lines(contract({}), asks)).toEqual([
      '! host confirm the host does not have it',
      '! host log the host does not have it',
    ])
    expect(lines(asks, contract({})).every(line => line.startsWith(' '))).toBe(true)
  })
  it('cannot be a method here and a notification there', () => {
    expect(lines(child({ a: {} }), contract({ child: { notifications: { a: Type.Object({}) } } }))).toEqual([
      '! child a is a method for one side and a notification for the other',
    ])
  })
})

describe('what is sent', () => {
  const text = Type.Object({ a: Type.String() })
  it.each<[string, MethodSpec, MethodSpec, string[]]>([
    [
      'a new required param',
      { params: text },
      { params: Type.Object({ a: Type.String(), b: Type.Number() }) },
      ['! child m/params/b is missing, but required'],
    ],
    [
      'a new optional param',
      { params: text },
      { params: Type.Object({ a: Type.String(), b: Type.Optional(Type.Number()) }) },
      ['  child m/params differs; all that may be sent is accepted'],
    ],
    [
      'a param that became optional',
      { params: text },
      { params: Type.Object({ a: Type.Optional(Type.String()) }) },
      ['  child m/params differs; all that may be sent is accepted'],
    ],
    [
      'a param of another type',
      { params: text },
      { params: Type.Object({ a: Type.Number() }) },
      ['! child m/params/a is string, where number is wanted'],
    ],
    [
      'a narrower param',
      { params: text },
      { params: Type.Object({ a: Type.String({ maxLength: 3 }) }) },
      ['! child m/params/a may have more than 3 characters'],
    ],
    ['params where none were', {}, { params: text }, ['! child m/params are never sent, and /a is missing']],
    ['no params where some were', { params: text }, {}, ['  child m/params are ignored']],
    [
      'a tuple where none were wanted',
      { params: Type.Tuple([Type.Null()]) },
      {},
      ['! child m/params are a tuple, where none are wanted'],
    ],
    [
      'a result that may be null',
      { result: Type.String() },
      { result: Type.Union([Type.String(), Type.Null()]) },
      ['! child m/result is null, where string is wanted'],
    ],
    [
      'a result that no longer may be null',
      { result: Type.Union([Type.String(), Type.Null()]) },
      { result: Type.String() },
      ['  child m/result differs; all that may be sent is accepted'],
    ],
    [
      'a new enum value in a result',
      { result: Type.Enum(['a']) },
      { result: Type.Enum(['a', 'b']) },
      ['! child m/result may be "b", which must be "a"'],
    ],
    [
      'the same, where the host is open',
      { result: Open(Type.Enum(['a'])) },
      { result: Type.Enum(['a', 'b']) },
      ['  child m/result differs; all that may be sent is accepted'],
    ],
    [
      'openness the host does not know',
      { result: Type.Enum(['a']) },
      { result: Open(Type.Enum(['a'])) },
      ['! child m/result may be a value that is not listed (Open), which is refused'],
    ],
    [
      'an integer for a number',
      { result: Type.Number() },
      { result: Type.Integer() },
      ['  child m/result differs; all that may be sent is accepted'],
    ],
    [
      'a number for an integer',
      { result: Type.Integer() },
      { result: Type.Number() },
      ['! child m/result is number, where integer is wanted'],
    ],
    ['a stream that ended', { stream: Type.String() }, {}, ['! child m/stream is never sent']],
    ['a stream that began', {}, { stream: Type.String() }, ['! child m/stream is not known to the caller']],
    ['progress', {}, { progress: Type.Number() }, ['  child m/progress is not known to the caller']],
    [
      'a new error',
      {},
      { errors: { Bad: { code: 1 } } },
      ['  child m/errors/Bad is not known to the caller'],
    ],
    [
      'an error of another code',
      { errors: { Bad: { code: 1 } } },
      { errors: { Bad: { code: 2 } } },
      ['! child m/errors/Bad has the code 2, the caller knows 1'],
    ],
    [
      'a call that may no longer be sent again',
      { idempotent: true },
      {},
      ['! child m/idempotent the caller may send a call again, but it is not idempotent'],
    ],
    [
      'a longer tuple',
      { params: Type.Tuple([Type.Null()]) },
      { params: Type.Tuple([Type.Null(), Type.Null()]) },
      ['! child m/params is not a tuple of 2'],
    ],
    [
      'a limit that is excluded now',
      { params: Type.Object({ a: Type.Number({ minimum: 0 }) }) },
      { params: Type.Object({ a: Type.Number({ exclusiveMinimum: 0 }) }) },
      ['! child m/params/a may be less than is accepted (0)'],
    ],
  ])('%s', (_, host, there, expected) => {
    expect(lines(child({ m: host }), child({ m: there }))).toEqual(expected)
  })
  it('is looked at through types that contain themselves', () => {
    const tree = (leaf: Schema) =>
      child(
        { m: { result: Type.Ref('Tree') } },
        { Tree: Type.Object({ leaf, all: Type.Array(Type.Ref('Tree')) }) },
      )
    expect(lines(tree(Type.String()), tree(Type.String()))).toEqual([])
    expect(lines(tree(Type.String()), tree(Type.Number()))).toEqual([
      '! child m/result/leaf is number, where string is wanted',
    ])
  })
  it('names the branch of a tagged union', () => {
    const shape = (r: Schema) =>
      child({
        m: {
          result: Type.Union([
            Type.Object({ kind: Type.Literal('a'), r }),
            Type.Object({ kind: Type.Literal('b') }),
          ]),
        },
      })
    expect(lines(shape(Type.Number()), shape(Type.String()))).toEqual([
      '! child m/result/r is string, where number is wanted',
    ])
  })
})

describe('a description that another program wrote is compared in bounded time, or refused', () => {
  const ours = child({ m: { params: Type.Object({ v: Type.String() }), result: Type.Array(Type.String()) } })
  /** The plain contract of a method whose param and result are of the type `Last`. */
  const described = (types: PlainTypes): PlainContract => ({
    name: 'test',
    version: '1',
    types,
    child: {
      methods: {
        m: {
          params: { type: 'object', properties: { v: { $ref: 'Last' } }, required: ['v'] },
          result: { $ref: 'Last' },
        },
      },
      notifications: {},
    },
    host: { methods: {}, notifications: {} },
  })
  /** Twenty-five types, each made of two of the one before it. */
  const nested = (first: PlainSchema, of: (inner: PlainSchema) => PlainSchema): PlainTypes => {
    const types: PlainTypes = { T0: first }
    for (let i = 1; i < 25; i++) types[`T${i}`] = of({ $ref: `T${i - 1}` })
    return { ...types, Last: { $ref: 'T24' } }
  }
  const twice = (inner: PlainSchema): PlainSchema[] => [inner, inner]
  const inline = (depth: number): PlainSchema =>
    depth === 0 ? { type: 'boolean' } : { anyOf: twice(inline(depth - 1)) }

  it.each<[string, PlainTypes, RegExp]>([
    ['a type that is itself', { Last: { $ref: 'Last' } }, /refers to itself/],
    ['types in a circle', { Last: { $ref: 'A' }, A: { anyOf: [{ $ref: 'Last' }] } }, /refers to itself/],
    [
      'unions in unions',
      nested({ type: 'boolean' }, inner => ({ anyOf: twice(inner) })),
      /too many alternatives/,
    ],
    ['parts in parts', nested({}, inner => ({ allOf: twice(inner) })), /too many alternatives/],
    ['unions written out', { Last: inline(10) }, /is boolean|entangled/],
    [
      'members of members',
      nested({ type: 'boolean' }, inner => ({ type: 'object', properties: { a: inner, b: inner } })),
      /is object|entangled/,
    ],
  ])('%s', (_, types, message) => {
    const theirs = described(types)
    for (const found of [compareContracts(ours, theirs), compareContracts(theirs, ours)]) {
      expect(found.length).toBeGreaterThan(0)
      expect(
        found.some(each => each.breaking && message.test(each.message)),
        JSON.stringify(found),
      ).toBe(true)
    }
    // With itself too: both sides may be descriptions.
    compareContracts(theirs, theirs)
  })

  it('and objects in objects fit themselves, however often a type occurs', () => {
    const types = nested({ type: 'boolean' }, inner => ({
      type: 'object',
      properties: { a: inner, b: inner },
    }))
    expect(compareContracts(described(types), described(types))).toEqual([])
    const other: PlainTypes = { ...types, T0: { type: 'string' } }
    expect(compareContracts(described(types), described(other))).toEqual([
      expect.objectContaining({ breaking: true, message: expect.stringContaining('entangled') as string }),
    ])
  })
})

it('where nothing breaks, whatever fits the sender fits the receiver', () => {
  let compared = 0
  fc.assert(
    fc.property(
      anySchema.chain(sent =>
        fc.tuple(fc.constant(sent), fc.oneof(fc.constant(sent), anySchema), valueFor(sent)),
      ),
      ([sent, received, value]) => {
        if (checkValue(sent, types, value) !== undefined) return
        if (incompatibilities({ schema: sent, types }, { schema: received, types }).length > 0) return
        compared++
        expect(checkValue(received, types, value)).toBeUndefined()
      },
    ),
    { numRuns: 20_000, seed: 2 },
  )
  expect(compared).toBeGreaterThan(3000)
})

it('a schema always fits itself', () => {
  fc.assert(
    fc.property(anySchema, schema => {
      expect(incompatibilities({ schema, types }, { schema, types })).toEqual([])
    }),
    { numRuns: 5000, seed: 3 },
  )
})
