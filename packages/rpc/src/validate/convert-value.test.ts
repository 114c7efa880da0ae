import { Type } from 'typebox'
import { describe, expect, it } from 'vitest'

import type { Schema } from '../contract/contract-spec.js'
import { defineContract } from '../contract/define-contract.js'
import { membersOf } from '../contract/members.js'
import { Bytes, Int64, UInt64 } from '../schema/converted-schema.js'
import { Open, UnlistedValue } from '../schema/open-schema.js'
import type { Codec } from './codec.js'

function codecFor(schema: Schema, types: Record<string, Schema> = {}): Codec {
  const contract = defineContract({
    name: 'test',
    version: '1',
    types,
    child: { methods: { m: { result: schema } } },
  })
  const member = membersOf(contract, 'child').get('m')
  if (member === undefined) throw new Error('no member')
  return member.result
}
/** There and back: the wire form, and that it is accepted and comes back equal. */
function travels(codec: Codec, value: unknown): unknown {
  const wire: unknown = JSON.parse(JSON.stringify(codec.encode(value)))
  expect(codec.check(wire)).toBeUndefined()
  expect(codec.decode(wire)).toEqual(value)
  return wire
}

describe('64-bit integers and bytes', () => {
  it('are decimal and base64 text on the wire', () => {
    expect(travels(codecFor(Int64()), -(2n ** 63n))).toBe('-9223372036854775808')
    expect(travels(codecFor(UInt64()), 2n ** 64n - 1n)).toBe('18446744073709551615')
    expect(travels(codecFor(Bytes()), new Uint8Array([0, 255, 128]))).toBe('AP+A')
    expect(travels(codecFor(Bytes()), new Uint8Array())).toBe('')
  })
  it('are refused when they do not fit', () => {
    expect(codecFor(Int64()).check('9223372036854775808')).toEqual({
      path: '',
      message: 'must be a valid int64',
    })
    expect(codecFor(UInt64()).check('-1')).toEqual({ path: '', message: 'must be a valid uint64' })
    expect(codecFor(Int64()).check(codecFor(Int64()).encode(5))).toEqual({
      path: '',
      message: 'must be a string',
    })
    expect(codecFor(Bytes()).check('AP+')).toEqual({ path: '', message: 'must be valid base64' })
    expect(codecFor(Bytes()).check('AP==')).toEqual({ path: '', message: 'must be valid base64' })
  })
  it('are found wherever they stand', () => {
    const Node = Type.Object({ id: Int64(), next: Type.Optional(Type.Ref('Node')) })
    const codec = codecFor(
      Type.Object({
        list: Type.Array(UInt64()),
        pair: Type.Tuple([Bytes(), Type.String()]),
        map: Type.Record(Type.String(), Int64()),
        keyed: Type.Record(Type.String({ pattern: '^k' }), Int64()),
        maybe: Type.Union([Int64(), Type.Null()]),
        either: Type.Union([Bytes(), Type.Array(Type.String())]),
        node: Type.Ref('Node'),
        absent: Type.Optional(Int64()),
        ['__proto__']: Int64(),
      }),
      { Node },
    )
    const value = {
      list: [1n, 2n],
      pair: [new Uint8Array([1]), 'AQ=='],
      map: { a: 1n, toString: 2n },
      keyed: { k1: 3n },
      maybe: null,
      either: ['a'],
      node: { id: 1n, next: { id: 2n, next: { id: 3n } } },
      ['__proto__']: 9n,
    }
    travels(codec, value)
    travels(codec, { ...value, ['__proto__']: 1n, maybe: 5n, either: new Uint8Array([7]) })
  })
  it('are found in the definitions of Type.Cyclic, too', () => {
    const codec = codecFor(Type.Cyclic({ Id: Int64(), List: Type.Array(Type.Ref('Id')) }, 'List'))
    expect(travels(codec, [1n])).toEqual(['1'])
  })
  it('are converted in the branch of a union that fits', () => {
    const codec = codecFor(
      Type.Union([Type.Object({ id: Int64() }), Type.Object({ data: Bytes() }), Type.Array(Int64())]),
    )
    expect(travels(codec, { data: new Uint8Array([1]) })).toEqual({ data: 'AQ==' })
    expect(travels(codec, { id: 1n })).toEqual({ id: '1' })
    expect(travels(codec, [1n])).toEqual(['1'])
  })
  it('leave the value that was given untouched', () => {
    const codec = codecFor(Type.Object({ a: Int64(), b: Type.Array(Type.Number()) }))
    const value = { a: 1n, b: [1] }
    expect(codec.encode(value)).toEqual({ a: '1', b: [1] })
    expect(value).toEqual({ a: 1n, b: [1] })
  })
})

describe('a contract without such values', () => {
  it('is not copied', () => {
    const codec = codecFor(Type.Object({ a: Type.Array(Type.Number()) }))
    const value = { a: [1] }
    expect(codec.encode(value)).toBe(value)
    expect(codec.decode(value)).toBe(value)
  })
})

describe('an open enum', () => {
  const listed = Type.Enum(['red', 'green'])
  it.each([
    ['Type.Enum', codecFor(Open(listed))],
    ['a union of literals', codecFor(Open(Type.Union([Type.Literal('red'), Type.Literal('green')])))],
    ['a union with null', codecFor(Type.Union([Open(listed), Type.Null()]))],
  ])('as %s lets other texts in, marked, and back unchanged', (_, codec) => {
    expect(travels(codec, 'red')).toBe('red')
    expect(codec.check('blue')).toBeUndefined()
    const blue = codec.decode('blue')
    expect(blue).toBeInstanceOf(UnlistedValue)
    expect(codec.encode(blue)).toBe('blue')
    expect(codec.check(5)?.message).toMatch(/^must be a string/)
  })
})

describe('an open tagged union', () => {
  const codec = codecFor(
    Open(
      Type.Union([
        Type.Object({ kind: Type.Literal('circle'), r: Int64() }),
        Type.Object({ kind: Type.Literal('square'), a: Type.Number() }),
      ]),
    ),
  )
  it('keeps what came with an unlisted tag', () => {
    travels(codec, { kind: 'circle', r: 1n })
    const star = { kind: 'star', points: [1, 2] }
    expect(codec.check(star)).toBeUndefined()
    const decoded = codec.decode(star)
    expect(decoded).toEqual(new UnlistedValue(star))
    expect(codec.encode(decoded)).toBe(star)
  })
  it('still wants a tag of the right kind, and listed branches whole', () => {
    expect(codec.check({})).toEqual({ path: '/kind', message: 'is missing' })
    expect(codec.check({ kind: 1 })).toEqual({ path: '/kind', message: 'must be a string' })
    expect(codec.check({ kind: 'circle' })).toEqual({ path: '/r', message: 'is missing' })
    expect(codec.check([])).toEqual({ path: '', message: 'must be an object' })
  })
})
