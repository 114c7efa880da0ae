import { runInNewContext } from 'node:vm'
import { Type } from 'typebox'
import { Compile } from 'typebox/schema'
import { describe, expect, it } from 'vitest'

import type { Schema } from '../contract/contract-spec.js'
import { defineContract, plainContract } from '../contract/define-contract.js'
import { readJson } from '../json/parse-json.js'
import { Int64 } from '../schema/converted-schema.js'
import { Open } from '../schema/open-schema.js'
import type { PlainSchema } from '../schema/plain-schema.js'
import { checkValue } from './check-value.js'

/** The fault of a value as "path sentence", or undefined. */
function faultOf(schema: Schema, value: unknown, types: Record<string, Schema> = {}): string | undefined {
  const contract = plainContract(
    defineContract({ name: 'test', version: '1', types, child: { methods: { m: { result: schema } } } }),
  )
  const issue = checkValue(contract.child.methods['m']?.result ?? {}, contract.types, value)
  return issue && `${issue.path} ${issue.message}`
}

describe('each rule speaks its sentence at its place', () => {
  const point = Type.Object({ x: Type.Number(), y: Type.Number() })
  const closed = Type.Object({ a: Type.Optional(Type.Number()) }, { additionalProperties: false })
  it.each<[Schema, unknown, string]>([
    [Type.String(), 1, ' must be a string'],
    [Type.Integer(), '1', ' must be an integer'],
    [Type.Integer(), 1.5, ' must be an integer'],
    [Type.Integer(), NaN, ' must be an integer'],
    [Type.Integer(), 2 ** 53, ' must be an integer from -9007199254740991 to 9007199254740991'],
    [Type.Number(), Infinity, ' must be a finite number'],
    [Type.Number(), 1n, ' must be a number'],
    [Type.Boolean(), 0, ' must be a boolean'],
    [Type.Null(), undefined, ' must be null'],
    [point, [], ' must be an object'],
    [point, null, ' must be an object'],
    [Type.Array(point), {}, ' must be an array'],
    [Type.Literal('a'), 'b', ' must be "a"'],
    [Type.Enum(['a', 'b']), 'c', ' must be one of "a", "b"'],
    [Type.Enum(['a', 'b']), 1, ' must be a string'],
    [Type.Enum(['a', 2]), 3, ' must be one of "a", 2'],
    [Type.String({ minLength: 2 }), '😀', ' must have at least 2 characters'],
    [Type.String({ maxLength: 1 }), '😀😀', ' must have at most 1 character'],
    [Type.String({ pattern: '^.$' }), '😀😀', ' must match the pattern ^.$'],
    [Type.String({ format: 'date' }), '2024-02-30', ' must be a valid date'],
    [Type.Number({ minimum: 0 }), -0.1, ' must be at least 0'],
    [Type.Number({ exclusiveMinimum: 0 }), 0, ' must be greater than 0'],
    [Type.Number({ maximum: 1 }), 1.1, ' must be at most 1'],
    [Type.Number({ exclusiveMaximum: 1 }), 1, ' must be less than 1'],
    [Type.Integer({ multipleOf: 3 }), 4, ' must be a multiple of 3'],
    [Type.Tuple([Type.String()]), [], ' must have exactly 1 element'],
    [Type.Tuple([Type.String()]), ['', ''], ' must have exactly 1 element'],
    [Type.Tuple([Type.String(), Type.Number()]), ['', ''], '/1 must be a number'],
    [Type.Array(Type.Null(), { minItems: 1 }), [], ' must have at least 1 element'],
    [Type.Array(Type.Null(), { maxItems: 1 }), [null, null], ' must have at most 1 element'],
    [
      Type.Array(Type.Unknown(), { uniqueItems: true }),
      [
        { a: 0, b: 1 },
        { b: 1, a: -0 },
      ],
      ' must not have two equal elements',
    ],
    [Type.Record(Type.String(), Type.Null(), { minProperties: 1 }), {}, ' must have at least 1 member'],
    [
      Type.Record(Type.String(), Type.Null(), { maxProperties: 0 }),
      { a: null },
      ' must have at most 0 members',
    ],
    [point, { x: 'a' }, '/y is missing'],
    [point, { x: 'a', y: 'b' }, '/x must be a number'],
    [closed, { b: 1, a: '' }, '/a must be a number'],
    [closed, { '😀': 1, '\ue000': 2 }, '/\ue000 is not a known member'],
    [
      Type.Record(Type.String({ pattern: '^a' }), Type.Number()),
      { b: 1 },
      '/b has a name that does not match the pattern ^a',
    ],
    [Type.Record(Type.String(), Type.Number()), { 'x/y~z': '' }, '/x~1y~0z must be a number'],
    [Type.Unknown(), { a: [1, () => 1] }, '/a/1 must be a JSON value'],
    [Type.Unknown(), { a: new Date(0) }, '/a must be a JSON value'],
    [Type.Unknown(), new Map([[1, 2]]), ' must be a JSON value'],
    [Type.Unknown(), { a: [new Set([1])] }, '/a/0 must be a JSON value'],
    [Type.Unknown(), [/a/], '/0 must be a JSON value'],
    [Type.Unknown(), new Uint8Array([1]), ' must be a JSON value'],
    [Type.Unknown(), new Error('lost'), ' must be a JSON value'],
    [Type.Record(Type.String(), Type.Number()), new Map([['a', 1]]), ' must be a JSON value'],
    [Type.Object({ a: Type.Optional(Type.Number()) }), new Map([['a', 1]]), ' must be a JSON value'],
    [Type.Any(), { b: NaN, a: 1 }, '/b must be a finite number'],
    [Int64(), '01', ' must be a valid int64'],
  ])('%o refuses %o: %s', (schema, value, message) => {
    expect(faultOf(schema, value)).toBe(message)
  })
})

describe('the walk', () => {
  it('looks at constraints in the order of the protocol', () => {
    const schema = Type.String({ maxLength: 1, minLength: 3, pattern: '^b', format: 'date' })
    expect(faultOf(schema, 'aa')).toBe(' must have at least 3 characters')
    expect(faultOf(schema, 'aaaa')).toBe(' must have at most 1 character')
    const number = Type.Integer({
      exclusiveMaximum: 1,
      maximum: 2,
      minimum: 5,
      exclusiveMinimum: 4,
      multipleOf: 7,
    })
    expect(faultOf(number, 3)).toBe(' must be at least 5')
    expect(faultOf(number, 6)).toBe(' must be at most 2')
  })
  it('names missing members before it looks inside those that are there, in the order of the schema', () => {
    const schema = Type.Object({ b: Type.Number(), a: Type.Number(), c: Type.Number() })
    expect(faultOf(schema, { c: '' })).toBe('/b is missing')
    expect(faultOf(schema, { b: '', c: '' })).toBe('/a is missing')
    expect(faultOf(schema, { c: '', a: '', b: '' })).toBe('/b must be a number')
  })
  it('comes to unknown members and map entries in code-point order, name before value', () => {
    const map = Type.Record(Type.String({ pattern: '^[a-z]$' }), Type.Number())
    expect(faultOf(map, { z: '', 'B!': 1, a: '' })).toBe(
      '/B! has a name that does not match the pattern ^[a-z]$',
    )
    expect(faultOf(map, { z: '', a: '' })).toBe('/a must be a number')
  })
  it('comes to equal elements last', () => {
    const schema = Type.Array(Type.Number(), { uniqueItems: true })
    expect(faultOf(schema, [1, 1, 'a'])).toBe('/2 must be a number')
    expect(faultOf(schema, [1, 1])).toBe(' must not have two equal elements')
  })
  it('asks a rule of Type.Refine last', () => {
    const even = Type.Refine(
      Type.Integer({ minimum: 0 }),
      value => value % 2 === 0,
      () => 'must be even',
    )
    expect(faultOf(even, -1)).toBe(' must be at least 0')
    expect(faultOf(even, 3)).toBe(' must be even')
    expect(faultOf(even, 4)).toBeUndefined()
  })
  it('says which kinds a union allows, each once', () => {
    const schema = Type.Union([Type.String(), Type.Literal(1), Type.Literal(2), Type.Null()])
    expect(faultOf(schema, true)).toBe(' must be a string, a number or null')
    expect(faultOf(schema, 3)).toBe(' must be one of 1, 2')
    expect(faultOf(Type.Union([Type.Integer(), Type.Null()]), 1.5)).toBe(' must be an integer')
  })
  it('tells tagged objects apart by their tag alone, through references too', () => {
    const types = {
      Circle: Type.Object({ r: Type.Number(), kind: Type.Literal('circle') }),
      Square: Type.Object({ kind: Type.Literal('square'), a: Type.Number() }),
      Shape: Type.Union([Type.Ref('Circle'), Type.Ref('Square'), Type.Null()]),
    }
    const schema = Type.Array(Type.Ref('Shape'))
    expect(faultOf(schema, [null, { kind: 'circle', r: 1 }], types)).toBeUndefined()
    expect(faultOf(schema, [1], types)).toBe('/0 must be an object or null')
    expect(faultOf(schema, [{ r: 1 }], types)).toBe('/0/kind is missing')
    expect(faultOf(schema, [{ kind: 'star' }], types)).toBe('/0/kind must be one of "circle", "square"')
    expect(faultOf(schema, [{ kind: 'square', r: 1 }], types)).toBe('/0/a is missing')
  })
  it('tries what nothing tells apart', () => {
    const schema = Type.Union([
      Type.Object({ a: Type.Number() }),
      Type.Object({ b: Type.Number() }),
      Type.String(),
    ])
    expect(faultOf(schema, { b: 1 })).toBeUndefined()
    expect(faultOf(schema, { a: '' })).toBe(' must fit one of the 2 shapes allowed here')
  })
  it('tries nothing twice, so that unions inside each other cost no more with each level', () => {
    const types = {
      T: Type.Union([
        Type.Object({ a: Type.Ref('T') }),
        Type.Object({ a: Type.Ref('T'), b: Type.Optional(Type.String()) }),
        Type.Null(),
      ]),
    }
    let value: unknown = 1
    for (let i = 0; i < 90; i++) value = { a: value }
    expect(faultOf(Type.Ref('T'), value, types)).toBe(' must fit one of the 2 shapes allowed here')
  })
  it('survives texts that overflow the stack of a regular expression', () => {
    const long = 'ab'.repeat(20_000_000)
    expect(faultOf(Type.String({ pattern: '^(?:ab|c)*$' }), long)).toBeUndefined()
    expect(faultOf(Type.String({ format: 'uri' }), `http://${long}/${long}`)).toBeUndefined()
    expect(faultOf(Type.String({ format: 'email' }), `${long}@${'ab.'.repeat(1_000_000)}a`)).toBeUndefined()
  })
  it('takes every part of an intersection', () => {
    const schema = Type.Intersect([Type.Object({ a: Type.Number() }), Type.Object({ b: Type.Number() })])
    expect(faultOf(schema, { a: 1, b: 1 })).toBeUndefined()
    expect(faultOf(schema, { a: 1 })).toBe('/b is missing')
  })
  it('ends at 100 levels, so that a value that contains itself is refused', () => {
    const types = { Tree: Type.Array(Type.Ref('Tree')) }
    let deep: unknown[] = []
    for (let level = 1; level < 100; level++) deep = [deep]
    expect(faultOf(Type.Ref('Tree'), deep, types)).toBeUndefined()
    expect(faultOf(Type.Ref('Tree'), [deep], types)).toBe(
      '/0'.repeat(100) + ' is nested deeper than 100 levels',
    )
    expect(faultOf(Type.Unknown(), deep)).toBeUndefined()
    expect(faultOf(Type.Unknown(), [deep])).toBe('/0'.repeat(100) + ' is nested deeper than 100 levels')
    const circle: unknown[] = []
    circle.push(circle)
    expect(faultOf(Type.Ref('Tree'), circle, types)).toBe('/0 contains itself')
    expect(faultOf(Type.Unknown(), { 'a/b': circle })).toBe('/a~1b/0 contains itself')
    expect(faultOf(Type.Unknown(), [deep, circle])).toBe(
      '/0'.repeat(100) + ' is nested deeper than 100 levels',
    )
  })
  it('takes instances of classes whose members JSON writes, and plain objects from elsewhere', () => {
    class Point {
      x = 1
    }
    for (const schema of [Type.Unknown(), Type.Object({ x: Type.Number() })]) {
      expect(faultOf(schema, new Point())).toBeUndefined()
      expect(faultOf(schema, runInNewContext('({ x: 1 })'))).toBeUndefined()
      expect(faultOf(schema, Object.assign(Object.create(null), { x: 1 }))).toBeUndefined()
    }
    expect(faultOf(Type.Unknown(), runInNewContext('({})'))).toBeUndefined()
    expect(faultOf(Type.Unknown(), Object.create(null))).toBeUndefined()
  })
  it('bears names that every object has', () => {
    const schema = Type.Object({
      ['__proto__']: Type.Number(),
      constructor: Type.Number(),
      toString: Type.Optional(Type.Number()),
    })
    expect(faultOf(schema, {})).toBe('/__proto__ is missing')
    expect(faultOf(schema, JSON.parse('{"__proto__":1}'))).toBe('/constructor is missing')
    expect(faultOf(schema, JSON.parse('{"__proto__":1,"constructor":2}'))).toBeUndefined()
    expect(faultOf(schema, JSON.parse('{"__proto__":"","constructor":2,"toString":3}'))).toBe(
      '/__proto__ must be a number',
    )
  })
})

it.each([
  ['9007199254740991', false],
  ['9007199254740992', true],
  ['9007199254740993', true],
  ['9007199254740994', false],
])('%s is compared with a constant as a double', (text, fits) => {
  const wide = Type.Unsafe<number>({ type: 'number', const: 9007199254740992 })
  expect(faultOf(wide, readJson(text)) === undefined).toBe(fits)
})

describe('differences from the Check of TypeBox, as docs/validation.md lists them', () => {
  class WithGetter {
    get a(): string {
      return typeof this
    }
  }
  const sparse = new Array<string>(2)
  const deep = Array.from({ length: 101 }).reduce<unknown[]>(inner => [inner], [])
  const named = Type.Record(Type.String({ pattern: '^a' }), Type.Number())
  it.each<[string, Schema, unknown, check: boolean, here: boolean]>([
    ['2^60 as an integer', Type.Integer(), 2 ** 60, true, false],
    ['an absent optional toString', Type.Object({ toString: Type.Optional(Type.String()) }), {}, false, true],
    ['an absent required toString', Type.Object({ toString: Type.Unknown() }), {}, true, false],
    ['an undefined required member', Type.Object({ a: Type.Unknown() }), { a: undefined }, true, false],
    [
      'an undefined unknown member',
      Type.Object({}, { additionalProperties: false }),
      { a: undefined },
      false,
      true,
    ],
    ['a getter', Type.Object({ a: Type.String() }), new WithGetter(), true, false],
    ['a hole', Type.Array(Type.String()), sparse, true, false],
    ['NaN anywhere', Type.Unknown(), NaN, true, false],
    ['a function anywhere', Type.Unknown(), () => 1, true, false],
    [
      'a map entry whose name has a line break',
      Type.Record(Type.String(), Type.Number()),
      { 'a\nb': '' },
      true,
      false,
    ],
    ['a map entry whose name does not match', named, { b: 1 }, true, false],
    ['a lone surrogate, which travels as U+FFFD', Type.Literal('\ufffd'), '\ud800', false, true],
    ['0 and -0', Type.Array(Type.Number(), { uniqueItems: true }), [0, -0], true, false],
    ['another format', Type.String({ format: 'hostname' }), '-', false, true],
    ['-0 as int64', Type.String({ format: 'int64' }), '-0', true, false],
    ['an unlisted value of an open enum', Open(Type.Enum(['a'])), 'b', false, true],
    ['a value of 102 levels', Type.Unknown(), deep, true, false],
  ])('%s', (_, schema, value, check, here) => {
    expect(Compile(schema as never).Check(value)).toBe(check)
    expect(faultOf(schema, value) === undefined).toBe(here)
  })
})

it('takes a plain schema as the code generator has it', () => {
  const schema: PlainSchema = JSON.parse(
    '{"type":"object","properties":{"n":{"$ref":"N"}},"required":["n"]}',
  ) as PlainSchema
  expect(checkValue(schema, { N: { type: 'integer' } }, { n: 'x' })).toEqual({
    path: '/n',
    message: 'must be an integer',
  })
})
