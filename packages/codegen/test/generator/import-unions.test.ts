import { checkValue, type PlainSchema, type PlainTypes } from '@simple-ipc/rpc'
import { describe, expect, it } from 'vitest'
import { Exceptions } from '../../src/import/base/exceptions.js'
import { CodegenError } from '../../src/contract/codegen-error.js'
import { importJsonSchema } from '../../src/import/json-schema/import-json-schema.js'
import { resolveExceptions } from '../../src/import/resolve-exceptions.js'

function types(definitions: object): PlainTypes {
  const none = new Exceptions([])
  return resolveExceptions(
    importJsonSchema({ $defs: definitions }, { name: 'it', exceptions: none }),
    none,
    'it',
  ).contract.types
}
const one = (T: unknown, others: object = {}): PlainSchema => types({ T, ...others })['T'] ?? {}
const accepted = (schema: PlainSchema, values: readonly unknown[]): unknown[] =>
  values.filter(value => checkValue(schema, {}, value) === undefined)

describe('branches that a reader need not tell apart are one', () => {
  const Number = { type: 'string', pattern: '^0x[0-9a-f]+$' }
  const Tag = { type: 'string', enum: ['latest', 'a.b'] }
  const values = ['0x1f', 'latest', 'a.b', 'axb', '0x', 'latest!', 7]

  it.each(['anyOf', 'oneOf'])('texts with patterns, and lists of them: %s', key => {
    const schema = one({ [key]: [{ $ref: '#/$defs/Number' }, { $ref: '#/$defs/Tag' }] }, { Number, Tag })
    expect(Object.keys(schema)).toEqual(['type', 'pattern'])
    expect(accepted(schema, values)).toEqual(['0x1f', 'latest', 'a.b'])
  })

  it('beside other kinds, and in unions of unions', () => {
    const schema = one(
      { anyOf: [{ $ref: '#/$defs/Either' }, { type: 'string', pattern: '^#' }, { type: 'null' }] },
      { Number, Tag, Either: { anyOf: [{ $ref: '#/$defs/Number' }, { $ref: '#/$defs/Tag' }] } },
    )
    expect(schema.anyOf).toHaveLength(2)
    expect(accepted(schema, [...values, '#x', null])).toEqual(['0x1f', 'latest', 'a.b', '#x', null])
  })

  it('two types that are the same text', () => {
    const others = { Id: { type: 'string' }, Digest: { type: 'string', description: 'In base 58' } }
    expect(one({ anyOf: [{ $ref: '#/$defs/Id' }, { $ref: '#/$defs/Digest' }] }, others)).toEqual({
      $ref: 'Id',
    })
  })

  it('listed texts beside a type that is any text', () => {
    expect(one({ anyOf: [Tag, { $ref: '#/$defs/Text' }] }, { Text: { type: 'string' } })).toEqual({
      enum: ['latest', 'a.b'],
      'x-open': true,
    })
  })

  it('numbers that another branch accepts', () => {
    const codes = [-32700, -32600].map(code => ({ type: 'integer', const: code, title: `Code ${code}` }))
    expect(one({ anyOf: [...codes, { type: 'integer', title: 'Other' }] })).toEqual({
      type: 'integer',
      title: 'Other',
    })
    expect(one({ anyOf: [{ $ref: '#/$defs/I' }, { type: 'number' }] }, { I: { type: 'integer' } })).toEqual({
      type: 'number',
    })
  })

  it('a union that has itself for a branch is its others', () => {
    const T = { anyOf: [{ type: 'integer' }, { anyOf: [{ $ref: '#/$defs/T' }, { type: 'null' }] }] }
    expect(one(T)).toEqual({ anyOf: [{ type: 'integer' }, { type: 'null' }] })
  })
})

describe('what may fit two branches of oneOf is refused', () => {
  it.each([
    [
      { type: 'string', enum: ['ab'] },
      { type: 'string', pattern: '^a' },
    ],
    [
      { type: 'string', pattern: '^a' },
      { type: 'string', pattern: 'b$' },
    ],
    [{ type: 'string', maxLength: 3 }, { type: 'string' }],
    [{ type: 'integer' }, { type: 'number', minimum: 0 }],
    [{ const: 3 }, { type: 'integer', minimum: 3 }],
  ])('%j, %j', (...branches) => {
    expect(() => one({ oneOf: branches })).toThrow(CodegenError)
    expect(() => one({ oneOf: branches })).toThrow(
      '/$defs/T/oneOf/1: may overlap with /$defs/T/oneOf/0, so oneOf forbids it; keep it in one of them',
    )
  })
})

describe('titles, of which names are made', () => {
  const page = (title: string, member: string) => ({ type: 'object', title, properties: { [member]: {} } })

  it('that several schemas have are put behind that of what is around them', () => {
    const schema = {
      type: 'object',
      properties: {
        left: { ...page('Left side', 'l'), properties: { a: page('Page', 'x') } },
        right: { ...page('Right side', 'r'), properties: { a: page('Page', 'y') } },
      },
    }
    const { left, right } = one(schema).properties ?? {}
    expect(left?.properties?.['a']?.title).toBe('Left side Page')
    expect(right?.properties?.['a']?.title).toBe('Right side Page')
  })

  it('that are the name of a type are put behind the name of theirs', () => {
    const schema = { type: 'object', properties: { a: page('User name', 'x'), b: page('User name', 'y') } }
    const { a, b } = one(schema, { UserName: { type: 'string' } }).properties ?? {}
    expect([a?.title, b?.title]).toEqual(['T User name', 'T User name 2'])
  })

  it('that a language would give to what is around them, too, get a number', () => {
    const tools = { anyOf: [page('Tools', 'x'), { type: 'array' }] }
    const metadata = { type: 'object', properties: { tools, more: page('Tools', 'y') } }
    const { properties } = types({ metadata })['metadata'] ?? {}
    expect(properties?.['tools']?.anyOf?.[0]?.title).toBe('metadata Tools 3')
    expect(properties?.['more']?.title).toBe('metadata Tools 2')
  })

  it('that are theirs alone stay', () => {
    expect(one({ type: 'array', items: page('Page', 'x') }).items).toMatchObject({ title: 'Page' })
  })
})

it('definitions that languages would spell alike are types with a number', () => {
  const others = { thread_item: { type: 'string' }, ThreadItem: { type: 'integer' } }
  expect(types(others)).toEqual({ thread_item: { type: 'string' }, ThreadItem_2: { type: 'integer' } })
})

it('members that languages would spell alike are refused, and can be left out', () => {
  const T = { type: 'object', properties: { 'a-b': {}, a_b: {} } }
  expect(() => one(T)).toThrow(
    /T\/properties\/a_b: becomes the field 'a_b', and so does .*; rename one of them/,
  )
})

it('signs of numbers are words of names', () => {
  const T = { type: 'object', properties: { '+1': { type: 'integer' }, '-1': { type: 'integer' } } }
  expect(Object.keys(one(T).properties ?? {})).toEqual(['+1', '-1'])
})

it('an object that may be null is a type with an object of its own', () => {
  const T = { type: ['object', 'null'], properties: { a: { type: 'string' } } }
  expect(one(T).anyOf).toHaveLength(2)
})

it('a schema that equals two types is the first of them', () => {
  const object = { type: 'object', properties: { id: { type: 'string' } } }
  expect(one({ type: 'array', items: object }, { A: object, B: object }).items).toMatchObject({ $ref: 'A' })
})
