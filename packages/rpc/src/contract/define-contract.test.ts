import { Type } from 'typebox'
import { describe, expect, it } from 'vitest'

import { Bytes, Int64 } from '../schema/converted-schema.js'
import { Open } from '../schema/open-schema.js'
import { ContractError } from './contract-error.js'
import type { ContractSpec, MethodSpec, Schema } from './contract-spec.js'
import { defineContract } from './define-contract.js'
import { serializeContract } from './serialize-contract.js'

/** What defineContract says about a contract, a line for each fault. */
function faults(spec: unknown): string[] {
  try {
    defineContract(spec as ContractSpec)
    return []
  } catch (error) {
    if (!(error instanceof ContractError)) throw error
    return error.faults.map(({ path, message }) => `${path} ${message}`)
  }
}
const base = { name: 'test', version: '1' }
const method = (spec: unknown, types: Record<string, Schema> = {}): string[] =>
  faults({ ...base, types, child: { methods: { m: spec as MethodSpec } } })
const result = (schema: unknown, types: Record<string, Schema> = {}): string[] =>
  method({ result: schema }, types)
const at = '/child/methods/m'

describe('defineContract takes', () => {
  it('everything that the protocol can carry', () => {
    const everything = Type.Object({
      a: Type.Optional(Type.String({ pattern: String.raw`^(?:\p{L}|[(?=]|\b)*$`, 'x-anything': {} })),
      b: Type.Union([Type.Literal('a'), Type.Literal(1), Type.Literal(true), Type.Null()]),
      c: Type.Tuple([Type.Integer({ multipleOf: 2 }), Type.Unknown()]),
      d: Type.Record(Type.String(), Type.Any()),
      e: Type.Record(Type.Integer(), Type.Array(Type.Ref('Node'), { uniqueItems: true })),
      f: Type.Intersect([Type.Object({ x: Type.Number() }), Type.Object({ y: Type.Number() })]),
      g: Type.TemplateLiteral([Type.Literal('a'), Type.String()]),
      h: Type.Readonly(Open(Type.Enum(['a', 'b']))),
      i: Type.Refine(
        Type.String(),
        () => true,
        () => '',
      ),
      j: Type.Unsafe<'x'>({ type: 'string', const: 'x' }),
      k: Int64(),
      l: Bytes(),
      ['__proto__']: Type.Null(),
      [' ']: Type.Cyclic({ Tree: Type.Array(Type.Ref('Tree')) }, 'Tree'),
    })
    expect(result(everything, { Node: Type.Object({ next: Type.Optional(Type.Ref('Node')) }) })).toEqual([])
  })
  it('names that every object has', () => {
    const methods = Object.fromEntries(
      ['__proto__', 'constructor', 'toString', 'then'].map(name => [name, {}]),
    )
    expect(faults({ ...base, child: { methods, notifications: { valueOf: Type.Object({}) } } })).toEqual([])
  })
  it('params that are one object or one tuple, through references and unions too', () => {
    const Point = Type.Object({ x: Type.Number() })
    const Either = Type.Union([Type.Ref('Point'), Type.Object({ y: Type.Number() })])
    for (const params of [
      Point,
      Type.Ref('Either'),
      Type.Tuple([]),
      Type.Record(Type.String(), Type.Null()),
      Type.Optional(Type.Object({ a: Type.Optional(Type.Null()) })),
    ])
      expect(method({ params }, { Point, Either })).toEqual([])
  })
  it('the reserved names and codes of others in a foreign contract', () => {
    const errors = { ServerCancelled: { code: -32802 } }
    const child = {
      methods: { 'rpc.discover': { errors } },
      notifications: { '$/setTrace': Type.Object({}) },
    }
    expect(faults({ ...base, child })).toHaveLength(3)
    for (const foreign of [
      true,
      { cancel: 'lsp' },
      { cancel: 'mcp' },
      { cancel: 'none' },
      { cancel: { method: '$/cancel_request', param: 'requestId' } },
    ])
      expect(faults({ ...base, foreign, child })).toEqual([])
  })
})

describe('defineContract refuses', () => {
  it.each<[string, unknown, string[]]>([
    ['what is no object', 5, [' must be an object']],
    ['a missing name', { version: '1' }, ['/name must be a non-empty string']],
    ['a misspelt member', { ...base, chlid: {} }, ["/chlid is not known here; did you mean 'child'?"]],
    [
      'a side that is a list',
      { ...base, child: [] },
      ['/child must be an object with methods and notifications'],
    ],
    [
      'another foreign',
      { ...base, foreign: 'yes' },
      [
        "/foreign must be true, or { cancel: 'lsp' | 'mcp' | 'none' | { method, param }, progress?: 'lsp' | 'mcp' | 'none', nullIsAbsent?: boolean }",
      ],
    ],
    [
      'a type name that is no word',
      { ...base, types: { 'a b': Type.Null() } },
      ['/types/a b must have a name of letters, digits and _, from which other languages can make a name'],
    ],
    [
      'a type called constructor',
      { ...base, types: { constructor: Type.Null() } },
      [
        '/types/constructor must have a name of letters, digits and _, from which other languages can make a name',
      ],
    ],
    [
      'a reserved name',
      { ...base, host: { methods: { 'rpc.x': {} } } },
      [
        "/host/methods/rpc.x begins with rpc. or $/, which are the protocol's own names; choose another, or mark the contract foreign",
      ],
    ],
    [
      'a name without a letter',
      { ...base, host: { methods: { '': {} } } },
      ['/host/methods/ must have a name'],
    ],
    [
      'one name for two things',
      { ...base, host: { methods: { a: {} }, notifications: { a: Type.Object({}) } } },
      ['/host/notifications/a is also a method of this side: rename one of them'],
    ],
    [
      'an error without a name',
      { ...base, child: { methods: { a: { errors: { '': { code: 1 } } } } } },
      ['/child/methods/a/errors/ must have a name'],
    ],
    [
      'a notification written as a method',
      { ...base, child: { notifications: { flush: { params: Type.Object({ a: Type.Null() }) } } } },
      [
        '/child/notifications/flush is written like a method: a notification is the schema of its params itself: flush: Type.Object({ … })',
      ],
    ],
    [
      'a type that is only itself',
      { ...base, types: { A: Type.Ref('B'), B: Type.Union([Type.Ref('A'), Type.Null()]) } },
      ['/types/A refers to nothing but itself', '/types/B refers to nothing but itself'],
    ],
  ])('%s', (_, spec, expected) => {
    expect(faults(spec)).toEqual(expected)
  })

  it.each<[string, unknown, string[]]>([
    ['a method that is a text', 'x', [`${at} must be an object such as { params, result }`]],
    [
      'a misspelt member',
      { reslut: Type.Null() },
      [`${at}/reslut is not known here; did you mean 'result'?`],
    ],
    ['a summary that is no text', { summary: 5 }, [`${at}/summary must be a string`]],
    ['idempotent that is no flag', { idempotent: 'yes' }, [`${at}/idempotent must be true or false`]],
    [
      'params of another kind',
      { params: Type.String() },
      [
        `${at}/params must be an object (Type.Object) or a tuple (Type.Tuple): params travel by name or by position`,
      ],
    ],
    [
      'params that are an array',
      { params: Type.Array(Type.Null()) },
      [
        `${at}/params must be an object (Type.Object) or a tuple (Type.Tuple): params travel by name or by position`,
      ],
    ],
    [
      'a forgotten Type.Object',
      { params: { a: Type.String() } },
      [
        `${at}/params/a is not a keyword that is checked; the names of annotations begin with x-`,
        `${at}/params has no type: use Type.Object, or Type.Unknown() for any value`,
      ],
    ],
    [
      'an optional result',
      { result: Type.Optional(Type.Null()) },
      [
        `${at}/result is marked Type.Optional, which is for members of objects; for a value that may be null use Type.Union([…, Type.Null()])`,
      ],
    ],
    [
      'optional params that must not be empty',
      { params: Type.Optional(Type.Object({ a: Type.Null() })) },
      [
        `${at}/params is marked Type.Optional, but {} does not fit: /a is missing; mark the members optional instead`,
      ],
    ],
    ['an error without a code', { errors: { Bad: {} } }, [`${at}/errors/Bad/code must be an integer`]],
    [
      'an error that is a number',
      { errors: { Bad: 5 } },
      [`${at}/errors/Bad must be an object such as { code: 1001 }`],
    ],
    [
      'a code of JSON-RPC',
      { errors: { Bad: { code: -32601 } } },
      [
        `${at}/errors/Bad/code is in -32899…-32000, which belong to JSON-RPC and the protocol: choose another, such as 1001`,
      ],
    ],
    [
      'one code for two errors',
      { errors: { Bad: { code: 1 }, Worse: { code: 1 } } },
      [`${at}/errors/Worse/code is also the code of 'Bad': two errors of one method cannot share a code`],
    ],
  ])('%s', (_, spec, expected) => {
    expect(method(spec)).toEqual(expected)
  })

  it.each<[string, unknown, string]>([
    ['Type.BigInt', Type.BigInt(), ' JSON has no big integers; use Int64() or UInt64()'],
    [
      'Type.Undefined',
      Type.Undefined(),
      ' JSON has no undefined; use Type.Optional for a member that may be absent, Type.Null() for a value',
    ],
    [
      'Type.Void',
      Type.Void(),
      ' JSON has no undefined; leave result out of a method that answers nothing, or use Type.Null()',
    ],
    ['Type.Symbol', Type.Symbol(), ' symbols cannot travel; use Type.String() or Type.Enum()'],
    [
      'Type.Function',
      Type.Function([], Type.Null()),
      ' functions cannot travel; declare a method on the other side and let it be called',
    ],
    [
      'Type.Never',
      Type.Never(),
      '/not Type.Never and not cannot be generated in other languages; say what is allowed instead',
    ],
    [
      'a list of types',
      Type.Unsafe({ type: ['string', 'null'] }),
      '/type lists several types: use Type.Union',
    ],
    ['oneOf', Type.Unsafe({ oneOf: [] }), '/oneOf use Type.Union (anyOf)'],
    ['an empty union', Type.Union([]), '/anyOf must list at least one schema'],
    [
      'a misspelt keyword',
      Type.String({ minLenght: 1 }),
      "/minLenght is not a keyword that is checked; did you mean 'minLength'?",
    ],
    [
      'a keyword of another type',
      Type.String({ minimum: 1 }),
      '/minimum has no meaning for this kind of schema: leave it out',
    ],
    [
      'multipleOf for numbers',
      Type.Number({ multipleOf: 0.1 }),
      '/multipleOf has no meaning for this kind of schema: leave it out',
    ],
    [
      'multipleOf that is no integer',
      Type.Integer({ multipleOf: 0.5 }),
      '/multipleOf must be a positive integer',
    ],
    [
      'a bound that no integer reaches',
      Type.Integer({ maximum: 2 ** 60 }),
      '/maximum must be an integer within ±(2^53 − 1), as the value is',
    ],
    ['a bound that is no number', Type.Number({ minimum: NaN }), '/minimum must be a finite number'],
    ['a negative length', Type.String({ minLength: -1 }), '/minLength must be a non-negative integer'],
    [
      'a look-around',
      Type.String({ pattern: '(?<!a)b' }),
      '/pattern uses a look-around, which cannot be matched alike in every language; say it without',
    ],
    [
      'a back-reference',
      Type.String({ pattern: String.raw`(a)\1` }),
      '/pattern uses a back-reference, which cannot be matched alike in every language; say it without',
    ],
    [
      'a RegExp',
      Type.String({ pattern: /a/ as never }),
      '/pattern must be a string: the source of the regular expression',
    ],
    [
      'a literal that is a bigint',
      Type.Literal(1n as never),
      ' JSON has no big integers; use Int64() or UInt64()',
    ],
    ['half a surrogate pair', Type.Literal('\ud800'), '/const has a lone surrogate, which cannot be sent'],
    [
      'half a surrogate pair in a name',
      Type.Object({ '\ud800': Type.Null() }),
      '/properties/\ud800 has a lone surrogate in its name, which cannot be sent',
    ],
    ['an enum without values', Type.Enum([]), '/enum must list at least one value'],
    [
      'a misspelt reference',
      Type.Ref('Colunm'),
      " refers to 'Colunm', which is not among the contract's types; did you mean 'Column'?",
    ],
    [
      'an unknown reference',
      Type.Array(Type.Ref('X')),
      "/items refers to 'X', which is not among the contract's types; add it there",
    ],
    [
      'what is no schema',
      Type.Array('string' as never),
      '/items is not a schema: use Type.… of @simple-ipc/rpc',
    ],
    [
      'openness of a record',
      Open(Type.Union([Type.Object({}), Type.Null()])),
      ' is open, but not an enum, a union of literals or a union of objects that a Type.Literal member distinguishes',
    ],
    [
      'bytes beside another text',
      Type.Union([Bytes(), Type.String()]),
      ' has Int64(), UInt64() or Bytes() next to another string: they look the same on the wire, so use objects with a Type.Literal member',
    ],
    [
      'a required member that is not there',
      Type.Unsafe({ type: 'object', required: ['a'], properties: {} }),
      "/required names 'a', which is not among the properties",
    ],
  ])('%s', (_, schema, expected) => {
    const Column = Type.Object({ a: Type.Null() })
    expect(result(schema, { Column })[0]).toBe(`${at}/result${expected}`)
  })

  it('a schema that contains itself', () => {
    const schema: Record<string, unknown> = { type: 'array', '~kind': 'Array' }
    schema['items'] = schema
    expect(result(schema)[0]).toMatch(/is nested endlessly: let a type refer to itself by Type.Ref$/)
  })
  it('a subschema that equals two types', () => {
    const Point = Type.Object({ x: Type.Number() })
    const twins = { Point, Vector: Type.Object({ x: Type.Number() }, { description: 'the same' }) }
    expect(result(Type.Array(Type.Ref('Vector')), twins)).toEqual([])
    expect(result(Type.Array(Point), twins)).toEqual([
      `${at}/result/items equals two types, 'Point' and 'Vector': write Type.Ref('Point') or Type.Ref('Vector')`,
    ])
  })
  it.each<[string, Schema]>([
    ['a text', Type.String()],
    ['a text with rules', Type.String({ minLength: 1 })],
    ['bytes', Bytes()],
    ['a literal', Type.Literal('a')],
    ['a list of values', Type.Enum(['a', 'b'])],
    ['a list of values as a union', Type.Union([Type.Literal('a'), Type.Literal('b')])],
    ['any value', Type.Unknown()],
    ['an array of texts', Type.Array(Type.String())],
    ['a pair of numbers', Type.Tuple([Type.Number(), Type.Number()])],
    ['a map of texts', Type.Record(Type.String(), Type.String())],
    ['an object without members', Type.Object({})],
    ['a union of scalars', Type.Union([Type.Integer(), Type.String()])],
  ])('but not %s, which only Type.Ref names', (_, schema) => {
    const twins = { Cursor: schema, Mark: schema }
    expect(result(Type.Array(schema), twins)).toEqual([])
    const written = (element: Schema, types: Record<string, Schema>): unknown =>
      serializeContract(
        defineContract({ ...base, types, child: { methods: { m: { result: Type.Array(element) } } } }),
      ).child.methods['m']?.result?.items
    expect(written(schema, { Cursor: schema })).toEqual(written(schema, {}))
    expect(written(Type.Ref('Cursor'), twins)).toEqual({ $ref: 'Cursor' })
  })
  it('x-first-match of what is not a union, or not true', () => {
    const said = `${at}/result has x-first-match, which is for unions: Type.Union([…], { 'x-first-match': true })`
    const parts = [Type.Array(Type.String()), Type.Array(Type.Integer())]
    expect(result(Type.Union(parts, { 'x-first-match': true }))).toEqual([])
    expect(result(Type.Union(parts, { 'x-first-match': 'yes' }))).toEqual([said])
    expect(result(Type.String({ 'x-first-match': true }))).toEqual([said])
  })
  it('two types of one name, of which one came with Type.Cyclic', () => {
    const cyclic = Type.Cyclic({ Node: Type.Array(Type.Ref('Node')) }, 'Node')
    expect(result(cyclic, { Node: Type.Null() })[0]).toMatch(/\/types\/Node is another type of this name/)
    expect(result(cyclic, { Node: cyclic })).toEqual([])
  })
  it('everything at once, with one readable message', () => {
    expect(() =>
      defineContract({
        name: 'demo',
        version: '',
        child: { methods: { 'rpc.x': { result: Type.BigInt() } } },
      }),
    ).toThrowErrorMatchingInlineSnapshot(`
      [ContractError: The contract 'demo' cannot be used:
        /version: must be a non-empty string
        /child/methods/rpc.x: begins with rpc. or $/, which are the protocol's own names; choose another, or mark the contract foreign
        /child/methods/rpc.x/result: JSON has no big integers; use Int64() or UInt64()]
    `)
  })
})

it('a contract cannot be changed through the schemas it was made of', () => {
  const values = ['a']
  const schema = Type.Enum(values)
  const contract = defineContract({ ...base, child: { methods: { m: { result: schema } } } })
  const { hash } = defineContract({ ...base, child: { methods: { m: { result: schema } } } })
  ;(schema as unknown as { enum: string[] }).enum.push('b')
  expect(contract.hash).toBe(hash)
})
