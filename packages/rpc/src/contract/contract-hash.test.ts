import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { Type } from 'typebox'
import { describe, expect, it } from 'vitest'

import { anySchema, types } from '../../test/any-schema.js'
import { canonical } from '../json/canonical-json.js'
import { fromOpenRpc } from '../openrpc/read-openrpc.js'
import { discover } from '../openrpc/write-openrpc.js'
import { Bytes, Int64, UInt64 } from '../schema/converted-schema.js'
import { Open } from '../schema/open-schema.js'
import { contractHash, hashedText } from './contract-hash.js'
import type { ContractSpec, MethodSpec, Schema } from './contract-spec.js'
import { defineContract, plainContract } from './define-contract.js'
import type { PlainContract } from './plain-contract.js'
import { serializeContract } from './serialize-contract.js'

const hashOf = (spec: Omit<ContractSpec, 'name' | 'version'>): string =>
  defineContract({ name: 'test', version: '1', ...spec }).hash
const ofResult = (result: Schema, named: Record<string, Schema> = {}): string =>
  hashOf({ types: named, child: { methods: { m: { result } } } })
const ofMethod = (m: MethodSpec): string => hashOf({ child: { methods: { m } } })

describe('RFC 8785', () => {
  it('sorts by UTF-16 units and writes numbers and texts as JavaScript does (its own examples)', () => {
    expect(
      canonical({
        numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
        string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"\u002f',
        literals: [null, true, false],
      }),
    ).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    )
    expect(
      canonical({ '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 }),
    ).toBe('{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}')
  })
  it('leaves a text whose members parse in any order the same', () => {
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        expect(canonical(JSON.parse(canonical(value)))).toBe(canonical(value))
      }),
    )
  })
})

describe('the hash is the same', () => {
  const Point = Type.Object({ x: Type.Number(), y: Type.Optional(Type.Number()) })
  it('whatever the contract is called', () => {
    expect(defineContract({ name: 'a', version: '1' }).hash).toBe(
      defineContract({ name: 'b', version: '2' }).hash,
    )
  })
  it('whatever is said to people', () => {
    const said = {
      title: 't',
      description: 'd',
      summary: 's',
      examples: [1],
      default: 1,
      $comment: 'c',
      $id: 'i',
    }
    expect(ofResult(Type.Number(said))).toBe(ofResult(Type.Number()))
    expect(ofMethod({ summary: 's', description: 'd', deprecated: true })).toBe(ofMethod({}))
    expect(ofMethod({ errors: { Bad: { code: 1, summary: 's' } } })).toBe(
      ofMethod({ errors: { Bad: { code: 1 } } }),
    )
  })
  it('however a union that nothing distinguishes is read: the same messages travel', () => {
    const parts = [Type.Array(Type.String()), Type.Array(Type.Integer())]
    expect(ofResult(Type.Union(parts, { 'x-first-match': true }))).toBe(ofResult(Type.Union(parts)))
  })
  it('in whatever order members, required names and enums are written', () => {
    expect(ofResult(Type.Object({ a: Type.Null(), b: Type.Null() }))).toBe(
      ofResult(Type.Object({ b: Type.Null(), a: Type.Null() })),
    )
    expect(ofResult(Type.Enum(['a', 10, 9]))).toBe(ofResult(Type.Enum([9, 10, 'a'])))
  })
  it('whether a type is written out or referred to', () => {
    const Line = Type.Object({ from: Point, to: Type.Ref('Point') })
    const written = Type.Array(Type.Object({ from: Point, to: Point }))
    expect(ofResult(written, { Point, Line })).toBe(
      ofResult(Type.Array(Type.Ref('Line')), {
        Line: Type.Object({ from: Type.Ref('Point'), to: Type.Ref('Point') }),
        Point,
      }),
    )
  })
  it('whether idempotent is false or absent, and parts that are empty are there or not', () => {
    expect(ofMethod({ idempotent: false, errors: {} })).toBe(ofMethod({}))
    expect(hashOf({ types: {}, child: { methods: {}, notifications: {} }, host: {} })).toBe(hashOf({}))
  })
  it('for any of the patterns that TypeBox gave a record of texts', () => {
    const old = Type.Unsafe({ type: 'object', patternProperties: { '^(.*)$': Type.Null() } })
    expect(ofResult(old)).toBe(ofResult(Type.Record(Type.String(), Type.Null())))
    expect(ofResult(Type.Object({}, { additionalProperties: Type.Null() }))).not.toBe(
      ofResult(Type.Object({})),
    )
  })
  it('whether a type that contains itself came with Type.Cyclic or not', () => {
    const cyclic = Type.Cyclic({ Node: Type.Object({ next: Type.Optional(Type.Ref('Node')) }) }, 'Node')
    const Node = Type.Object({ next: Type.Optional(Type.Ref('Node')) })
    expect(ofResult(cyclic)).toBe(ofResult(Type.Ref('Node'), { Node }))
    expect(ofResult(cyclic, { Node: cyclic })).toBe(ofResult(Type.Ref('Node'), { Node }))
  })
})

describe('the hash differs', () => {
  it.each<[string, MethodSpec, MethodSpec]>([
    [
      'when a description is a member',
      { result: Type.Object({ description: Type.Null() }) },
      { result: Type.Object({}) },
    ],
    ['when a title is a value', { result: Type.Literal('title') }, { result: Type.Literal('default') }],
    ['by idempotent', { idempotent: true }, {}],
    ['by a result', { result: Type.Null() }, {}],
    ['by a stream', { stream: Type.Null() }, { result: Type.Null() }],
    ['by the code of an error', { errors: { a: { code: 1 } } }, { errors: { a: { code: 2 } } }],
    [
      'by the order of a union',
      { result: Type.Union([Type.Null(), Type.String()]) },
      { result: Type.Union([Type.String(), Type.Null()]) },
    ],
    [
      'by the order of a tuple',
      { result: Type.Tuple([Type.Null(), Type.String()]) },
      { result: Type.Tuple([Type.String(), Type.Null()]) },
    ],
    ['by openness', { result: Open(Type.Enum(['a'])) }, { result: Type.Enum(['a']) }],
    [
      'by what is required',
      { result: Type.Object({ a: Type.Null() }) },
      { result: Type.Object({ a: Type.Optional(Type.Null()) }) },
    ],
    ['between wide and other texts', { result: Int64() }, { result: Type.String() }],
    [
      'by a name that is on every object',
      { result: Type.Object({ ['__proto__']: Type.Null() }) },
      { result: Type.Object({}) },
    ],
  ])('%s', (_, one, other) => {
    expect(ofMethod(one)).not.toBe(ofMethod(other))
  })
  it('between twins that only Type.Ref tells apart', () => {
    const twins = { A: Type.Object({ x: Type.Null() }), B: Type.Object({ x: Type.Null() }) }
    expect(ofResult(Type.Ref('A'), twins)).not.toBe(ofResult(Type.Ref('B'), twins))
  })
  it('between a value and a named type of no members', () => {
    const types = { Cursor: Type.String(), Side: Type.Enum(['left', 'right']) }
    for (const [name, schema] of Object.entries(types))
      expect(ofResult(Type.Ref(name), types)).not.toBe(ofResult(schema, types))
  })
  it('between child and host', () => {
    expect(hashOf({ child: { methods: { m: {} } } })).not.toBe(hashOf({ host: { methods: { m: {} } } }))
  })
})

it('survives every form that a contract takes', () => {
  fc.assert(
    fc.property(anySchema, anySchema, (result, stream) => {
      const plain: PlainContract = {
        name: 'any',
        version: '1',
        types,
        child: { methods: { m: { result, stream } }, notifications: {} },
        host: { methods: {}, notifications: {} },
      }
      expect(contractHash(JSON.parse(JSON.stringify(plain)) as PlainContract)).toBe(contractHash(plain))
    }),
    { numRuns: 500 },
  )
})

/** Kept: a change here is a change of the protocol, for generated code carries these hashes. */
const vectors: Record<string, Omit<ContractSpec, 'name' | 'version'>> = {
  empty: {},
  aliases: {
    types: {
      Cursor: Type.String(),
      Mark: Type.String(),
      Side: Type.Enum(['left', 'right']),
      Any: Type.Unknown(),
      Names: Type.Array(Type.String()),
      Page: Type.Object({
        next: Type.Ref('Cursor'),
        title: Type.String(),
        side: Type.Enum(['right', 'left']),
      }),
      Pages: Type.Array(Type.Ref('Page')),
    },
    child: {
      methods: {
        turn: {
          params: Type.Object({
            to: Type.Ref('Mark'),
            tags: Type.Array(Type.String()),
            extra: Type.Unknown(),
          }),
          stream: Type.Object({
            next: Type.Ref('Cursor'),
            title: Type.String(),
            side: Type.Enum(['left', 'right']),
          }),
          result: Type.Array(Type.Ref('Page')),
        },
      },
    },
  },
  profiler: {
    types: {
      Column: Type.Object(
        { name: Type.String(), kind: Type.Enum(['text', 'number']), least: Type.Optional(Type.Number()) },
        { description: 'One column' },
      ),
      Node: Type.Object({ size: UInt64(), next: Type.Union([Type.Ref('Node'), Type.Null()]) }),
    },
    child: {
      methods: {
        profile: {
          summary: 'Profiles a file',
          params: Type.Object({
            path: Type.String({ minLength: 1 }),
            limit: Type.Optional(Type.Integer({ minimum: 0 })),
          }),
          stream: Type.Ref('Column'),
          progress: Type.Number({ minimum: 0, maximum: 1 }),
          result: Type.Record(Type.String(), Bytes()),
          errors: { NotACsv: { code: 1001, data: Type.Object({ line: Type.Integer() }) } },
          idempotent: true,
        },
        add: { params: Type.Tuple([Type.Number(), Type.Number()]), result: Type.Number() },
        walk: { params: Type.Object({ node: Type.Ref('Node'), id: Int64() }) },
      },
      notifications: { flush: Type.Object({}) },
    },
    host: {
      methods: {
        confirm: { params: Type.Object({ question: Type.String() }), result: Open(Type.Enum(['yes', 'no'])) },
      },
      notifications: {
        log: Type.Object(
          { 'läuft/~😀': Type.String({ format: 'date-time' }) },
          { additionalProperties: false },
        ),
      },
    },
  },
}

describe('kept vectors', () => {
  const kept = JSON.parse(
    readFileSync(new URL('../../test/data/contract-hashes.json', import.meta.url), 'utf8'),
  ) as Record<string, { hash: string; text: string }>
  it.each(Object.entries(vectors))('%s', (name, spec) => {
    const contract = defineContract({ name, version: '1', ...spec })
    expect({ hash: contract.hash, text: hashedText(plainContract(contract)) }).toEqual(kept[name])
    expect(serializeContract(contract).hash).toBe(kept[name]?.hash)
    expect(contractHash(fromOpenRpc(discover(contract)))).toBe(kept[name]?.hash)
  })
})
