import { describe, expect, it } from 'vitest'
import { CodegenError } from '../../src/contract/codegen-error.js'
import { Exceptions, forRevision, type Exception } from '../../src/import/base/exceptions.js'
import { fitsPath, placesOf } from '../../src/import/base/paths.js'
import { compareRevisions } from '../../src/import/base/revision.js'
import { importJsonSchema } from '../../src/import/json-schema/import-json-schema.js'
import { importOpenRpc } from '../../src/import/openrpc/import-openrpc.js'
import { resolveExceptions } from '../../src/import/resolve-exceptions.js'
import { suggestExceptions } from '../../src/import/suggest-exceptions.js'

const because = 'Because'
const except = (path: string, instead: Exception['instead']): Exception => ({
  path,
  instead,
  reason: because,
})

function schemas($defs: object, ...list: Exception[]) {
  const exceptions = new Exceptions(list)
  const imported = importJsonSchema({ $defs }, { name: 'it', exceptions })
  const { contract, notes } = resolveExceptions(imported, exceptions, 'it')
  return { types: contract.types, notes }
}

function methods(list: object[], ...all: Exception[]) {
  const exceptions = new Exceptions(all)
  const document = { openrpc: '1.2.6', info: { title: 'Demo', version: '1.0.0' }, methods: list }
  const imported = importOpenRpc(document, { exceptions, params: 'by-name' })
  return resolveExceptions(imported, exceptions, 'it').contract.child.methods
}

const text = { type: 'string' }
const result = { name: 'r', schema: text }
const method = (more: object) => ({ name: 'm', params: [], result, ...more })
const object = (name: string, schema: unknown = text) => ({ type: 'object', properties: { [name]: schema } })

describe('an exception', () => {
  it('that names a keyword is about the schema that has it; or leaves the keyword out', () => {
    const T = object('x', { type: 'string', not: { const: 'a' } })
    const at = '/$defs/T/properties/x/not'
    expect(schemas({ T }, except(at, { type: 'integer' })).types['T']).toMatchObject({
      properties: { x: { type: 'integer', $comment: because } },
    })
    expect(schemas({ T }, except(at, 'nothing')).types['T']).toEqual(object('x'))
  })

  it('is meant for all places that its path fits', () => {
    const odd = { type: 'string', pattern: '(?=a)' }
    const found = schemas(
      {
        A: object('x', { not: {} }),
        B: { ...object('y', { not: {} }), required: ['y'] },
        C: object('z', odd),
      },
      except('/$defs/*/properties/*/not', 'nothing'),
      except('/**/pattern', 'nothing'),
    )
    expect(found.types).toEqual({
      A: object('x', {}),
      B: { ...object('y', {}), required: ['y'] },
      C: object('z'),
    })
    expect(found.notes).toEqual([])
  })

  it('leaves out what is not wanted, though nothing is refused there', () => {
    const T = { type: 'object', properties: { a: text, b: text }, required: ['a', 'b'] }
    expect(schemas({ T }, except('/types/T/properties/b', 'nothing')).types['T']).toEqual({
      ...object('a'),
      required: ['a'],
    })
    expect(schemas({ T }, except('/$defs/T/properties/a', 'nothing')).types['T']).toEqual({
      ...object('b'),
      required: ['b'],
    })
    const list = [
      method({}),
      method({ name: 'n', result: { name: 'r', schema: { not: {} } } }),
      method({ name: 'o' }),
    ]
    expect(Object.keys(methods(list, except('/methods/1', 'nothing')))).toEqual(['m', 'o'])
    expect(
      Object.keys(methods(list, except('/child/methods/m', 'nothing'), except('/methods/1', 'nothing'))),
    ).toEqual(['o'])
  })

  it('settles errors of one method that share a code, or have one that is taken', () => {
    const errors = [
      { code: 5, message: 'Invalid a' },
      { code: 5, message: 'Invalid b' },
      { code: -32602, message: 'Params' },
    ]
    const list = [method({ errors })]
    const first = { InvalidA: { code: 5, summary: 'Invalid a' } }
    const rest = except('/child/methods/m/errors/Params', 'nothing')
    for (const path of [
      '/methods/0/errors/1',
      '/child/methods/m/errors/InvalidB',
      '/child/methods/m/errors/InvalidB/code',
    ])
      expect(methods(list, except(path, 'nothing'), rest)['m']?.errors, path).toEqual(first)
    for (const path of ['/methods/0/errors/1', '/child/methods/m/errors/InvalidB/code'])
      expect(
        methods(list, except(path, { code: 6 } as Exception['instead']), rest)['m']?.errors,
        path,
      ).toMatchObject({
        ...first,
        InvalidB: { code: 6 },
      })
  })

  it('joins what contains itself', () => {
    const N = {
      oneOf: [
        {
          type: 'object',
          properties: { v: text, inner: { oneOf: [{ type: 'number' }, { $ref: '#/$defs/N' }] } },
        },
        object('w'),
      ],
    }
    const { types } = schemas({ N }, except('/types/N', 'joined'))
    expect(Object.keys(types['N']?.properties ?? {})).toEqual(['v', 'inner', 'w'])
    // Whatever else is joined, it ends.
    const inner = except('/types/N/anyOf/0/properties/inner', 'joined')
    expect(() => schemas({ N }, inner)).toThrow(CodegenError)
    expect(() => schemas({ N }, inner, except('/types/N', 'joined'))).not.toThrow()
  })

  it('lets branches of oneOf overlap', () => {
    const T = { oneOf: [{ enum: ['a', 'b'] }, { enum: ['b', 'c'] }] }
    expect(schemas({ T }, except('/$defs/T/oneOf/1', 'joined')).types['T']).toEqual({
      anyOf: [{ enum: ['a', 'b'] }, { enum: ['b', 'c'] }],
    })
  })

  it('says that the type is meant that a keyword is about', () => {
    const T = { properties: { x: text, y: { properties: { z: text } } }, required: ['x'] }
    expect(() => schemas({ T })).toThrow(
      /T\/properties: says something about one type .*add "type": "object", or an exception "typed"/,
    )
    const found = schemas({ T }, except('/**/properties', 'typed')).types['T']
    expect(found).toEqual({
      type: 'object',
      properties: { x: text, y: object('z') },
      required: ['x'],
    })
  })

  it('sends null for params by position that may be left out', () => {
    const params = [{ name: 'a', schema: { type: 'integer' } }]
    const list = [method({ params, paramStructure: 'by-position' })]
    expect(() => methods(list)).toThrow(/params\/0\/required: must be true.*or send null.*"or-null"/)
    const { m } = methods(list, except('/methods/*/params/*/required', 'or-null'))
    expect(m?.params?.items).toEqual([{ anyOf: [{ type: 'integer', title: 'a' }, { type: 'null' }] }])
  })

  it('of the document is not for what the contract refuses', () => {
    const T = { anyOf: [object('a'), object('b')] }
    expect(() => schemas({ T }, except('/types/T', 'typed'))).toThrow(
      "/types/T: cannot be replaced: 'typed' is for keywords without a type",
    )
  })

  it('tries the branches of unions in a union one after the other', () => {
    const [a, b, c] = ['a', 'b', 'c'].map(name => object(name))
    const inner = { anyOf: [{ $ref: '#/$defs/A' }, { $ref: '#/$defs/B' }] }
    const T = { anyOf: [{ $ref: '#/$defs/Inner' }, c] }
    const found = schemas({ A: a, B: b, Inner: inner, T }, except('/types/*', 'first-match')).types
    expect(found['T']?.anyOf).toEqual([{ $ref: 'A' }, { $ref: 'B' }, c])
    expect(found['Inner']?.anyOf).toHaveLength(2)
  })

  it('for many places leaves what is not of its kind as it is refused', () => {
    const T = { type: 'object', properties: { 'a-b': text, a_b: text } }
    expect(() => schemas({ T }, except('/types/**', 'first-match'))).toThrow(
      /T\/properties\/a_b: becomes the field/,
    )
  })

  it('that is not needed is a remark', () => {
    expect(schemas({ T: text }, except('/types/T', {})).notes).toEqual([
      { path: '/types/T', message: 'is an exception that this document does not need' },
    ])
  })

  it('may be meant for some revisions', () => {
    const all = [
      { ...except('/a', {}), since: '3.9' },
      { ...except('/b', {}), until: '3.17' },
      { ...except('/c', {}), since: '3.18.1', until: '4' },
      except('/d', {}),
    ]
    const at = (revision: string): string =>
      forRevision(all, revision)
        .map(({ path }) => path)
        .join('')
    expect(at('3.8')).toBe('/b/d')
    expect(at('3.17.0')).toBe('/a/d')
    expect(at('3.18.1')).toBe('/a/c/d')
    expect(() => forRevision(all, undefined)).toThrow(/does not say its revision; use --revision/)
    expect(compareRevisions('2024-11-05', '2025-03-26')).toBeLessThan(0)
  })
})

it('paths have wildcards', () => {
  expect(fitsPath('/a/*/c', '/a/b/c')).toBe(true)
  expect(fitsPath('/a/*', '/a/b/c')).toBe(false)
  expect(fitsPath('/**/c', '/a/b/c')).toBe(true)
  expect(fitsPath('/a/**', '/a/b~1x/c')).toBe(true)
  expect(placesOf({ a: [{ x: 1 }, { y: 2 }], b: { x: 3 } }, '/**/x')).toEqual(['/a/0/x', '/b/x'])
})

describe('what is suggested', () => {
  const suggested = ($defs: object, known: readonly Exception[] = []): Exception[] =>
    suggestExceptions(exceptions => importJsonSchema({ $defs }, { name: 'it', exceptions }), known, 'it')

  it('is enough, says why, and what else can be chosen', () => {
    const document = {
      A: object('x', { type: 'string', not: { const: 'a' } }),
      B: { oneOf: [object('a'), object('b')] },
      C: { type: 'array', items: { $ref: 'elsewhere.json' } },
      D: { oneOf: [{ enum: ['a', 'b'] }, { enum: ['b', 'c'] }] },
      E: { type: 'array', prefixItems: [text] },
      F: object('x', false),
      G: { type: 'string', pattern: '(?=a)' },
    }
    const list = suggested(document)
    expect(list.map(({ path, instead }) => [path, instead])).toEqual([
      ['/$defs/A/properties/x/not', 'nothing'],
      ['/$defs/C/items/$ref', 'nothing'],
      ['/$defs/D/oneOf/1', 'joined'],
      ['/$defs/E', {}],
      ['/$defs/F/properties/x', {}],
      ['/types/G/pattern', 'nothing'],
      ['/types/B', 'joined'],
    ])
    expect(list.find(({ path }) => path === '/types/B')?.choices).toEqual(['first-match', {}, 'nothing'])
    for (const { reason } of list) expect(reason).toMatch(/ /)
    expect(() => schemas(document, ...list)).not.toThrow()
    // What a person has chosen stays.
    const mine: Exception = except('/types/B', {})
    expect(suggested(document, [mine])[0]).toBe(mine)
  })

  it('is one for the same thing in many places', () => {
    const shape = { properties: { x: text } }
    const list = suggested({ A: shape, B: shape, C: { items: shape, type: 'array' } })
    expect(list.map(({ path, instead }) => [path, instead])).toEqual([['/**/properties', 'typed']])
  })

  it('is to try the branches where joining them would lead to further unions', () => {
    const T = { anyOf: [object('a', object('x')), { ...object('a', object('y')), required: ['a'] }] }
    expect(suggested({ T }).map(({ path, instead }) => [path, instead])).toEqual([
      ['/types/T', 'first-match'],
    ])
  })

  it('is nothing where nothing is refused', () => {
    expect(suggested({ A: text })).toEqual([])
  })
})
