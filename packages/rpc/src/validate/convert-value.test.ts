import { Type } from 'typebox'
import { describe, expect, it } from 'vitest'
import { defineContract } from '../contract/define-contract.js'
import type { Gate } from './codec.js'
import { membersOf } from '../contract/members.js'
import { Open, UnlistedValue } from '../schema/open-schema.js'
import type { Schema } from '../contract/contract-spec.js'
import { Bytes, Int64, UInt64 } from '../schema/converted-schema.js'

function gateFor(schema: Schema, types: Record<string, Schema> = {}): Gate {
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
function travels(gate: Gate, value: unknown): unknown {
  const wire: unknown = JSON.parse(JSON.stringify(gate.encode(value)))
  expect(gate.check(wire)).toBeUndefined()
  expect(gate.decode(wire)).toEqual(value)
  return wire
}

describe('64-bit integers and bytes', () => {
  it('are decimal and base64 text on the wire', () => {
    expect(travels(gateFor(Int64()), -(2n ** 63n))).toBe('-9223372036854775808')
    expect(travels(gateFor(UInt64()), 2n ** 64n - 1n)).toBe('18446744073709551615')
    expect(travels(gateFor(Bytes()), new Uint8Array([0, 255, 128]))).toBe('AP+A')
    expect(travels(gateFor(Bytes()), new Uint8Array())).toBe('')
  })
  it('are refused when they do not fit', () => {
    expect(gateFor(Int64()).check('9223372036854775808')).toEqual({
      path: '',
      message: 'must be a valid int64',
    })
    expect(gateFor(UInt64()).check('-1')).toEqual({ path: '', message: 'must be a valid uint64' })
    expect(gateFor(Int64()).check(gateFor(Int64()).encode(5))).toEqual({
      path: '',
      message: 'must be a string',
    })
    expect(gateFor(Bytes()).check('AP+')).toEqual({ path: '', message: 'must be valid base64' })
    expect(gateFor(Bytes()).check('AP==')).toEqual({ path: '', message: 'must be valid base64' })
  })
  it('are found wherever they stand', () => {
    const Node = Type.Object({ id: Int64(), next: Type.Optional(Type.Ref('Node')) })
    const gate = gateFor(
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
    travels(gate, value)
    travels(gate, { ...value, ['__proto__']: 1n, maybe: 5n, either: new Uint8Array([7]) })
  })
  it('are found in the definitions of Type.Cyclic, too', () => {
    const gate = gateFor(Type.Cyclic({ Id: Int64(), List: Type.Array(Type.Ref('Id')) }, 'List'))
    expect(travels(gate, [1n])).toEqual(['1'])
  })
  it('are converted in the branch of a union that fits', () => {
    const gate = gateFor(
      Type.Union([Type.Object({ id: Int64() }), Type.Object({ data: Bytes() }), Type.Array(Int64())]),
    )
    expect(travels(gate, { data: new Uint8Array([1]) })).toEqual({ data: 'AQ==' })
    expect(travels(gate, { id: 1n })).toEqual({ id: '1' })
    expect(travels(gate, [1n])).toEqual(['1'])
  })
  it('leave the value that was given untouched', () => {
    const gate = gateFor(Type.Object({ a: Int64(), b: Type.Array(Type.Number()) }))
    const value = { a: 1n, b: [1] }
    expect(gate.encode(value)).toEqual({ a: '1', b: [1] })
    expect(value).toEqual({ a: 1n, b: [1] })
  })
})

describe('a contract without such values', () => {
  it('is not copied', () => {
    const gate = gateFor(Type.Object({ a: Type.Array(Type.Number()) }))
    const value = { a: [1] }
    expect(gate.encode(value)).toBe(value)
    expect(gate.decode(value)).toBe(value)
  })
})

describe('an open enum', () => {
  const listed = Type.Enum(['red', 'green'])
  it.each([
    ['Type.Enum', gateFor(Open(listed))],
    ['a union of literals', gateFor(Open(Type.Union([Type.Literal('red'), Type.Literal('green')])))],
    ['a union with null', gateFor(Type.Union([Open(listed), Type.Null()]))],
  ])('as %s lets other texts in, marked, and back unchanged', (_, gate) => {
    expect(travels(gate, 'red')).toBe('red')
    expect(gate.check('blue')).toBeUndefined()
    const blue = gate.decode('blue')
    expect(blue).toBeInstanceOf(UnlistedValue)
    expect(gate.encode(blue)).toBe('blue')
    expect(gate.check(5)?.message).toMatch(/^must be a string/)
  })
})

describe('an open tagged union', () => {
  const gate = gateFor(
    Open(
      Type.Union([
        Type.Object({ kind: Type.Literal('circle'), r: Int64() }),
        Type.Object({ kind: Type.Literal('square'), a: Type.Number() }),
      ]),
    ),
  )
  it('keeps what came with an unlisted tag', () => {
    travels(gate, { kind: 'circle', r: 1n })
    const star = { kind: 'star', points: [1, 2] }
    expect(gate.check(star)).toBeUndefined()
    const decoded = gate.decode(star)
    expect(decoded).toEqual(new UnlistedValue(star))
    expect(gate.encode(decoded)).toBe(star)
  })
  it('still wants a tag of the right kind, and listed branches whole', () => {
    expect(gate.check({})).toEqual({ path: '/kind', message: 'is missing' })
    expect(gate.check({ kind: 1 })).toEqual({ path: '/kind', message: 'must be a string' })
    expect(gate.check({ kind: 'circle' })).toEqual({ path: '/r', message: 'is missing' })
    expect(gate.check([])).toEqual({ path: '', message: 'must be an object' })
  })
})
