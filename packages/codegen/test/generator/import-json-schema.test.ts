import { checkValue, type PlainSchema, type PlainTypes } from '@simple-ipc/rpc'
import { describe, expect, it } from 'vitest'
import { Exceptions } from '../../src/import/base/exceptions.js'
import { CodegenError } from '../../src/contract/codegen-error.js'
import { importJsonSchema } from '../../src/import/json-schema/import-json-schema.js'
import type { ImportResult } from '../../src/import/base/import-result.js'
import { resolveExceptions } from '../../src/import/resolve-exceptions.js'

const read = (document: unknown): ImportResult =>
  importJsonSchema(document, { name: 'demo', exceptions: new Exceptions([]) })
const types = (document: unknown): PlainTypes =>
  resolveExceptions(read(document), new Exceptions([]), 'it').contract.types
/** The schema of one definition, with others beside it. */
const one = (schema: unknown, others: object = {}): PlainSchema =>
  types({ $defs: { T: schema, ...others } })['T'] ?? {}

function refusals(schema: unknown, others: object = {}): string {
  try {
    one(schema, others)
    return ''
  } catch (error) {
    if (error instanceof CodegenError)
      return error.refusals.map(each => `${each.path}: ${each.message}`).join('\n')
    throw error
  }
}

const A = { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] }
const B = { type: 'object', properties: { b: { type: 'integer' } } }
const joinedAB = {
  type: 'object',
  properties: { a: { type: 'string' }, b: { type: 'integer' } },
  required: ['a'],
}
const tagged = (kind: string) => ({
  type: 'object',
  properties: { kind: { const: kind } },
  required: ['kind'],
})
const plainTagged = (kind: string) => ({
  type: 'object',
  properties: { kind: { type: 'string', const: kind } },
  required: ['kind'],
})

describe('definitions become types under their names', () => {
  it('in the order of the document, of both drafts, and of a schema that the document is itself', () => {
    const document = {
      title: 'Root of all',
      type: 'object',
      properties: { x: { $ref: '#/definitions/B' } },
      definitions: { B: { type: 'string' } },
      $defs: { A: { $ref: '#' } },
    }
    expect(types(document)).toEqual({
      A: { $ref: 'Root' },
      Root: { type: 'object', properties: { x: { $ref: 'B' } }, title: 'Root of all' },
      B: { type: 'string' },
    })
  })

  it('wherever they are referred to: by pointer, by $id, by $anchor, and into their insides', () => {
    const document = {
      $defs: {
        Page: { $id: 'https://example.org/page', type: 'object', properties: { size: { type: 'integer' } } },
        Named: { $anchor: 'named', type: 'boolean' },
        'with space': { type: 'null' },
        Uses: {
          type: 'object',
          properties: {
            byId: { $ref: 'https://example.org/page' },
            byAnchor: { $ref: '#named' },
            inside: { $ref: '#/$defs/Page/properties/size' },
            spaced: { $ref: '#/$defs/with%20space' },
          },
        },
      },
    }
    expect(types(document)['Uses']?.properties).toEqual({
      byId: { $ref: 'Page' },
      byAnchor: { $ref: 'Named' },
      inside: { $ref: 'Page_size' },
      spaced: { $ref: 'with_space' },
    })
  })

  it('of which one gets a number where two would have one name', () => {
    const document = {
      $defs: {
        'Value<A>': { type: 'string' },
        'Value(A)': { type: 'integer' },
        Uses: { type: 'array', items: { $ref: '#/$defs/Value(A)' } },
      },
    }
    expect(types(document)).toEqual({
      Value_A: { type: 'string' },
      Value_A_2: { type: 'integer' },
      Uses: { type: 'array', items: { $ref: 'Value_A_2' } },
    })
    expect(read(document).notes).toEqual([
      { path: '/$defs/Value(A)', message: "becomes the type 'Value_A_2', for another one is 'Value_A'" },
    ])
  })

  it('also in folders, as some programs keep those of a revision', () => {
    const document = {
      definitions: {
        Thread: { type: 'string' },
        v2: {
          Thread: { type: 'integer' },
          Item: { type: 'array', items: { $ref: '#/definitions/v2/Thread' } },
        },
      },
    }
    expect(types(document)).toEqual({
      Thread: { type: 'string' },
      v2_Thread: { type: 'integer' },
      v2_Item: { type: 'array', items: { $ref: 'v2_Thread' } },
    })
    expect(read(document).notes).toEqual([])
  })

  it('though they contain themselves', () => {
    expect(one({ type: 'object', properties: { next: { $ref: '#/$defs/T' } } })).toEqual({
      type: 'object',
      properties: { next: { $ref: 'T' } },
    })
  })
})

describe('a schema of any draft is carried faithfully', () => {
  it.each<[string, unknown, unknown]>([
    [
      'several types',
      { type: ['string', 'null'], minLength: 1 },
      { anyOf: [{ type: 'string', minLength: 1 }, { type: 'null' }] },
    ],
    ['one type in a list', { type: ['string'] }, { type: 'string' }],
    [
      'nullable of OpenAPI',
      { type: 'string', nullable: true },
      { anyOf: [{ type: 'string' }, { type: 'null' }] },
    ],
    ['nullable beside a list with null', { enum: ['a', null], nullable: true }, { enum: ['a', null] }],
    ['a constant', { const: 'a' }, { type: 'string', const: 'a' }],
    ['a constant null', { const: null }, { type: 'null' }],
    ['a list of texts', { type: 'string', enum: ['a', 'b', 'a'] }, { enum: ['a', 'b'] }],
    ['a list of integers', { enum: [1, 2] }, { type: 'integer', enum: [1, 2] }],
    [
      'constants in oneOf',
      { oneOf: [{ const: 'a' }, { const: 'b' }] },
      {
        anyOf: [
          { type: 'string', const: 'a' },
          { type: 'string', const: 'b' },
        ],
      },
    ],
    [
      'a type beside a union',
      { type: 'object', oneOf: [tagged('a'), tagged('b')] },
      { anyOf: [plainTagged('a'), plainTagged('b')] },
    ],
    [
      'excluded bounds of draft-04',
      { type: 'number', minimum: 1, exclusiveMinimum: true, maximum: 5, exclusiveMaximum: false },
      { type: 'number', exclusiveMinimum: 1, maximum: 5 },
    ],
    [
      'fractions as bounds of integers',
      { type: 'integer', minimum: 0.5, exclusiveMaximum: 9.5 },
      { type: 'integer', minimum: 1, maximum: 9 },
    ],
    ['whole multiples', { type: 'number', multipleOf: 1 }, { type: 'integer' }],
    ['multiples of more', { type: 'number', multipleOf: 2 }, { type: 'integer', multipleOf: 2 }],
    [
      'multiples of several, which are those of all',
      { type: 'integer', allOf: [{ multipleOf: 4 }, { type: 'number', multipleOf: 6 }] },
      { type: 'integer', multipleOf: 12 },
    ],
    [
      'types that others contain',
      { type: ['integer', 'number', 'string'] },
      { anyOf: [{ type: 'number' }, { type: 'string' }] },
    ],
    ['integers among numbers', { allOf: [{ type: 'number' }, { type: 'integer' }] }, { type: 'integer' }],
    [
      'a narrower schema beside a reference',
      { $ref: '#/$defs/Length', maximum: 5 },
      { type: 'integer', minimum: 1, maximum: 5 },
    ],
    [
      'a type that a reference has anyway',
      { type: 'number', allOf: [{ $ref: '#/$defs/Length' }] },
      { $ref: 'Length' },
    ],
    ['a list of which one is left', { enum: [1, 2], const: 1 }, { type: 'number', const: 1 }],
    ['a list of one', { type: 'string', enum: ['a'] }, { type: 'string', const: 'a' }],
    ['a list with a value of another type', { type: 'string', enum: ['a', 'b', null] }, { enum: ['a', 'b'] }],
    [
      'a list that is restricted',
      { type: 'string', enum: ['a', 'bc', 'de'], minLength: 2 },
      { enum: ['bc', 'de'] },
    ],
    [
      'a list and any other text',
      { anyOf: [{ enum: ['a', 'b'] }, { type: 'string' }] },
      { enum: ['a', 'b'], 'x-open': true },
    ],
    ['any value among others', { anyOf: [true, { type: 'string' }] }, {}],
    ['any value beside a type', { type: 'string', anyOf: [true, { type: 'string' }] }, { type: 'string' }],
    [
      'allOf of arrays',
      {
        allOf: [
          { type: 'array', items: { type: 'string' } },
          { type: 'array', minItems: 1, items: { minLength: 1 } },
        ],
      },
      { type: 'array', items: { type: 'string', minLength: 1 }, minItems: 1 },
    ],
    [
      'a required member of which nothing is said',
      { type: 'object', required: ['x'] },
      { type: 'object', properties: { x: {} }, required: ['x'] },
    ],
    [
      'a closed part, which leaves nothing to the other',
      { allOf: [{ ...A, additionalProperties: false }, B] },
      { ...A, additionalProperties: false },
    ],
    [
      'two unions, multiplied out',
      {
        type: 'object',
        allOf: [
          { oneOf: [tagged('a'), tagged('b'), tagged('c')] },
          { oneOf: [tagged('b'), tagged('c'), tagged('d')] },
        ],
      },
      { anyOf: [plainTagged('b'), plainTagged('c')] },
    ],
    [
      'anyOf beside oneOf and allOf',
      { allOf: [A], anyOf: [B], oneOf: [tagged('x'), tagged('y')] },
      { anyOf: [plainTagged('x'), plainTagged('y')].map(branch => withB(withA(branch))) },
    ],
    [
      'bounds beyond what travels',
      { type: 'integer', minimum: 0, maximum: 2 ** 64 },
      { type: 'integer', minimum: 0 },
    ],
    [
      'a tuple of draft-07',
      { type: 'array', items: [{ type: 'string' }, true], additionalItems: false, minItems: 2 },
      { type: 'array', items: [{ type: 'string' }, {}], additionalItems: false, minItems: 2 },
    ],
    [
      'a tuple of 2020-12',
      { type: 'array', prefixItems: [{ type: 'string' }], items: false, minItems: 1 },
      { type: 'array', items: [{ type: 'string' }], additionalItems: false, minItems: 1 },
    ],
    [
      'a tuple closed by its length',
      { type: 'array', prefixItems: [{ type: 'string' }], minItems: 1, maxItems: 1 },
      { type: 'array', items: [{ type: 'string' }], additionalItems: false, minItems: 1 },
    ],
    ['an array of anything', { type: 'array' }, { type: 'array', items: {} }],
    [
      'a map',
      { type: 'object', additionalProperties: { type: 'integer' }, minProperties: 1 },
      { type: 'object', additionalProperties: { type: 'integer' }, minProperties: 1 },
    ],
    ['an object of which nothing is said', { type: 'object' }, { type: 'object', additionalProperties: {} }],
    [
      'an object that has nothing',
      { type: 'object', additionalProperties: false },
      { type: 'object', properties: {}, additionalProperties: false },
    ],
    [
      'a map with a pattern',
      { type: 'object', patternProperties: { '^x': { type: 'string' } }, additionalProperties: false },
      { type: 'object', patternProperties: { '^x': { type: 'string' } } },
    ],
    [
      'a map whose names match',
      { type: 'object', propertyNames: { pattern: '^x' }, additionalProperties: { type: 'string' } },
      { type: 'object', patternProperties: { '^x': { type: 'string' } } },
    ],
    [
      'a map whose names are listed',
      { type: 'object', propertyNames: { enum: ['a.b', 'c'] }, additionalProperties: { type: 'string' } },
      { type: 'object', patternProperties: { '^(?:a\\.b|c)$': { type: 'string' } } },
    ],
    ['members that may be unknown', { ...A, additionalProperties: true }, A],
    [
      'members that must be known',
      { ...A, unevaluatedProperties: false },
      { ...A, additionalProperties: false },
    ],
    ['allOf of objects', { allOf: [A, B] }, joinedAB],
    ['allOf beside members', { ...A, allOf: [B] }, joinedAB],
    ['allOf of one, with a text', { allOf: [A], description: 'One.' }, { ...A, description: 'One.' }],
    ['allOf that requires more', { allOf: [B, { required: ['b'] }] }, { ...B, required: ['b'] }],
    [
      'allOf closed as a whole',
      { allOf: [A, B], unevaluatedProperties: false },
      { ...joinedAB, additionalProperties: false },
    ],
    [
      'allOf whose parts say more of one member',
      {
        allOf: [
          { type: 'object', properties: { k: { type: 'string' } }, required: ['k'] },
          { properties: { k: { const: 'x' } } },
        ],
      },
      { type: 'object', properties: { k: { type: 'string', const: 'x' } }, required: ['k'] },
    ],
    ['allOf of bounds', { allOf: [{ type: 'string' }, { minLength: 1 }] }, { type: 'string', minLength: 1 }],
    ['allOf of lists', { allOf: [{ enum: ['a', 'b', 'c'] }, { enum: ['c', 'b'] }] }, { enum: ['b', 'c'] }],
    [
      'members beside a union',
      { ...A, oneOf: [tagged('x'), tagged('y')] },
      { anyOf: [withA(plainTagged('x')), withA(plainTagged('y'))] },
    ],
    [
      'a union inside allOf',
      { allOf: [A, { oneOf: [tagged('x'), tagged('y')] }] },
      { anyOf: [withA(plainTagged('x')), withA(plainTagged('y'))] },
    ],
    [
      'texts for people',
      {
        type: 'string',
        title: 'Some title',
        description: 'd',
        default: 'x',
        examples: ['y'],
        deprecated: true,
        'x-mine': 1,
      },
      {
        type: 'string',
        title: 'Some title',
        description: 'd',
        default: 'x',
        examples: ['y'],
        deprecated: true,
        'x-mine': 1,
      },
    ],
    [
      'a title that only repeats the name',
      { type: 'object', properties: { first_name: { type: 'string', title: 'First Name' } } },
      { type: 'object', properties: { first_name: { type: 'string' } } },
    ],
    ['true', true, {}],
  ])('%s', (_, schema, plain) => {
    expect(one(schema, { Length: { type: 'integer', minimum: 1 } })).toEqual(plain)
  })

  it('references through allOf, with what the draft says beside them', () => {
    expect(
      one(
        { allOf: [{ $ref: '#/$defs/A' }, { $ref: '#/$defs/C' }] },
        { A, B, C: { allOf: [{ $ref: '#/$defs/B' }] } },
      ),
    ).toEqual(joinedAB)
    expect(one({ $ref: '#/$defs/A', description: 'The one.' }, { A })).toEqual({
      $ref: 'A',
      description: 'The one.',
    })
  })

  it('and takes and refuses what it took and refused', () => {
    const schema = one({ ...A, oneOf: [tagged('x'), tagged('y')] })
    expect(checkValue(schema, {}, { a: 'text', kind: 'x' })).toBeUndefined()
    expect(checkValue(schema, {}, { kind: 'x' })).toEqual({ path: '/a', message: 'is missing' })
  })
})

function withA(schema: { properties: object; required: string[] }) {
  return {
    type: 'object',
    properties: { ...A.properties, ...schema.properties },
    required: ['a', ...schema.required],
  }
}

function withB(schema: { properties: object; required: string[] }) {
  return { ...schema, properties: { ...schema.properties, ...B.properties } }
}

describe('what cannot be carried is refused with its place, the reason and the fix', () => {
  it.each<[string, unknown, RegExp]>([
    ['not', { not: { type: 'string' } }, /^\/\$defs\/T\/not: .*say what is allowed instead/],
    ['conditions', { type: 'object', if: {}, then: {} }, /T\/if: makes conditions.*\n.*T\/then/],
    ['contains', { type: 'array', contains: {} }, /T\/contains: .*check it in the handler/],
    ['dependent members', { type: 'object', dependentRequired: {} }, /T\/dependentRequired/],
    ['$dynamicRef', { $dynamicRef: '#x' }, /T\/\$dynamicRef/],
    ['false', false, /^\/\$defs\/T: accepts nothing/],
    ['no schema', 3, /^\/\$defs\/T: is not a schema/],
    ['a type that is none', { type: 'text' }, /T\/type: is "text"; expected one of null, boolean/],
    ['a misspelt keyword', { type: 'string', maxlength: 3 }, /T\/maxlength: is not a keyword/],
    ['members without a type', { properties: {} }, /T\/properties: .*add "type": "object"/],
    ['a length without a type', { minLength: 1 }, /T\/minLength: .*add "type": "string"/],
    [
      'a reference to another document',
      { $ref: 'https://example.org/x.json' },
      /T\/\$ref: refers to another document/,
    ],
    ['a reference to nothing', { $ref: '#/$defs/Gone' }, /T\/\$ref: .*which does not exist/],
    ['an anchor that is not there', { $ref: '#gone' }, /T\/\$ref: refers to the anchor/],
    ['objects in a list', { enum: [{}] }, /T\/enum: holds objects/],
    ['an empty list', { enum: [] }, /T\/enum: must list/],
    ['fractions of a step', { type: 'number', multipleOf: 0.1 }, /T\/multipleOf: is for integers/],
    [
      'a tuple that goes on',
      { type: 'array', prefixItems: [true], minItems: 1 },
      /T: lets elements follow.*"items": false/,
    ],
    [
      'a tuple with a rest',
      { type: 'array', items: [true], additionalItems: { type: 'string' } },
      /T\/additionalItems: lets a tuple go on/,
    ],
    [
      'a tuple that may be shorter',
      { type: 'array', prefixItems: [true], items: false },
      /T: lets elements of the tuple be missing; add "minItems": 1/,
    ],
    [
      'free members beside declared ones',
      { ...A, additionalProperties: { type: 'string' } },
      /T\/additionalProperties: gives a type to unknown members/,
    ],
    [
      'patterns that let others through',
      { type: 'object', patternProperties: { x: {} } },
      /T: lets members through that match no pattern; add "additionalProperties": false/,
    ],
    ['a pattern with a look-ahead', { type: 'string', pattern: '(?=a)' }, /T\/pattern/],
    [
      'what contradicts itself',
      { allOf: [{ const: 'a' }, { const: 'b' }] },
      /T: accepts nothing, for what holds/,
    ],
    [
      'types that exclude each other',
      { type: 'string', allOf: [{ type: 'integer' }] },
      /T: accepts nothing, for/,
    ],
    ['any value in oneOf', { oneOf: [true, { type: 'string' }] }, /oneOf\/1: overlaps with \/.*oneOf\/0/],
    [
      'one type twice in oneOf',
      { oneOf: [{ $ref: '#/$defs/Text' }, { $ref: '#/$defs/Text' }] },
      /oneOf\/1: accepts what/,
    ],
    [
      'unions that multiply out to too many',
      { allOf: Array.from({ length: 16 }, () => ({ anyOf: [{ maxLength: 3 }, { type: 'null' }] })) },
      /T: joins unions that multiply out to 65536 branches/,
    ],
    ['names beside members', { ...A, propertyNames: false }, /T\/propertyNames: restricts the names/],
    [
      'what no other part has looked at, inside a part',
      { type: 'object', allOf: [{ allOf: [A], unevaluatedProperties: false }, B] },
      /allOf\/0\/unevaluatedProperties: depends on other schemas/,
    ],
    [
      'a value in two branches of oneOf',
      { oneOf: [{ enum: ['a', 'b'] }, { enum: ['b', 'c'] }] },
      /oneOf\/1: lists "b" like/,
    ],
    [
      'null in two branches of oneOf',
      { oneOf: [{ type: ['string', 'null'] }, { type: 'null' }] },
      /oneOf\/1: lists null like/,
    ],
    [
      'objects that nothing tells apart',
      { oneOf: [A, B] },
      /^\/types\/T: \/types\/T\/anyOf\/1 cannot be distinguished/,
    ],
  ])('%s', (_, schema, why) => {
    expect(refusals(schema, { Text: { type: 'string' } })).toMatch(why)
  })

  it('every fault, not just the first', () => {
    expect(
      refusals({ type: 'object', properties: { a: { not: {} }, b: { type: 'text' } } }).split('\n'),
    ).toHaveLength(2)
  })

  it('allOf that joins a schema with itself', () => {
    expect(refusals({ allOf: [{ $ref: '#/$defs/T' }, A] })).toMatch(/is joined with itself/)
  })

  it('a document without definitions', () => {
    expect(() => types({})).toThrow(/holds no definitions; put them under \$defs/)
    expect(() => types([])).toThrow(/is not a schema document/)
  })
})

describe('what is left out because a contract has no place for it is told', () => {
  it.each<[string, unknown, RegExp]>([
    ['an example', { type: 'string', example: 'x' }, /T\/example: is left out/],
    [
      'a keyword of another program',
      { type: 'string', tsType: 'X', _enum: ['a'] },
      /T\/tsType: is left out.*\n.*T\/_enum: is/,
    ],
    [
      'a required member that is not declared',
      { type: 'object', required: ['x'] },
      /T\/required: requires 'x'/,
    ],
    ['what an enum holds in vain', { type: 'string', enum: ['a', 1] }, /T\/enum: holds 1, which/],
    [
      'the format of a number',
      { type: 'integer', format: 'int32' },
      /T\/format: "int32" is left out; write minimum/,
    ],
    [
      'bounds beyond what travels',
      { type: 'integer', maximum: 2 ** 64 },
      /T\/maximum: is left out; integers travel/,
    ],
    [
      'a schema that says nothing',
      { description: 'Something.' },
      /T: says nothing about the value, so anything may stand there/,
    ],
  ])('%s', (_, schema, why) => {
    const { notes } = read({ $defs: { T: schema } })
    expect(notes.map(note => `${note.path}: ${note.message}`).join('\n')).toMatch(why)
  })
})

it('what stands beside a reference is a remark where the draft ignores it', () => {
  const document = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $defs: { T: { $ref: '#/$defs/S', minLength: 3 }, S: { type: 'string' } },
  }
  expect(types(document)['T']).toEqual({ $ref: 'S' })
  expect(read(document).notes).toMatchObject([{ path: '/$defs/T/minLength' }])
})

it('anchors and # belong to the document that $id makes', () => {
  const part = (type: string) => ({
    $id: `https://example.org/${type}`,
    $anchor: 'here',
    type: 'object',
    properties: { own: { $ref: '#/$defs/Inner' } },
    $defs: { Inner: { $anchor: 'inner', type } },
  })
  const found = types({
    $defs: {
      A: part('string'),
      B: part('integer'),
      T: {
        type: 'object',
        properties: {
          a: { $ref: 'https://example.org/string#inner' },
          b: { $ref: 'https://example.org/integer#inner' },
        },
      },
    },
  })
  expect(found).toMatchObject({
    A: { properties: { own: { $ref: 'A_Inner' } } },
    B: { properties: { own: { $ref: 'B_Inner' } } },
    T: { properties: { a: { $ref: 'A_Inner' }, b: { $ref: 'B_Inner' } } },
    A_Inner: { type: 'string' },
    B_Inner: { type: 'integer' },
  })
})

describe('a document that is entangled ends in a refusal or in types, never in a wait', () => {
  const reference = (name: string) => ({ $ref: `#/$defs/${name}` })
  const Q = reference('Q')
  const object = { type: 'object', properties: { k: true } }

  it.each<[string, unknown[]]>([
    ['itself', [Q, Q]],
    ['itself and an object', [object, Q]],
    ['itself twice and an object', [object, Q, Q]],
  ])('where a member joins %s', (_, allOf) => {
    const found = types({ $defs: { Q: { type: 'object', properties: { k: { allOf } } } } })
    for (const fits of [{}, { k: {} }, { k: { k: { k: {} } } }])
      expect(checkValue(found['Q'] ?? {}, found, fits), JSON.stringify(fits)).toBeUndefined()
    expect(checkValue(found['Q'] ?? {}, found, { k: { k: { k: 1 } } })).toEqual({
      path: '/k/k/k',
      message: 'must be an object',
    })
  })

  it.each(['allOf', 'anyOf', 'oneOf'])('where each of many types is twice in the next by %s', key => {
    const text = { type: 'string' }
    const entries = Array.from({ length: 24 }, (_, i) => {
      const inner = reference(`T${i}`)
      return [`T${i + 1}`, { [key]: [inner, inner] }] as const
    })
    const read = (): PlainTypes =>
      types({ $defs: { T0: key === 'allOf' ? A : text, ...Object.fromEntries(entries) } })
    if (key === 'oneOf') expect(read).toThrow(/T24\/oneOf\/1: accepts what is accepted by/)
    else expect(Object.keys(read())).toHaveLength(25)
    if (key === 'allOf') expect(read()['T24']).toEqual({ $ref: 'T23' })
  })

  it.each<[string, unknown, RegExp | object]>([
    [
      'a type beside a part that contains it',
      { type: 'object', properties: { a: { type: 'object', allOf: [Q] } } },
      {},
    ],
    [
      'a type beside a union with itself',
      { type: 'object', anyOf: [Q] },
      /^No contract can be made of it:\n {2}\/types\/Q\w*: refers to nothing but itself/,
    ],
    [
      'members beside a union with itself',
      { ...A, anyOf: [Q, { type: 'null' }] },
      /^No contract can be made of it:\n {2}\/types\/Q\w*: refers to nothing but itself/,
    ],
    [
      'nothing but itself',
      Q,
      /^No contract can be made of it:\n {2}\/types\/Q\w*: refers to nothing but itself/,
    ],
    ['unions in unions', nested('anyOf', 40, { type: 'string' }), {}],
    ['joins in joins', nested('allOf', 40, { type: 'string' }), {}],
    ['joins of two in joins', twice('allOf', 10, A), {}],
    [
      'no text for people',
      { type: 'object', description: null, properties: { a: { type: 'string', description: null } } },
      {},
    ],
  ])('%s', (_, schema, end) => {
    if (end instanceof RegExp) expect(() => types({ $defs: { Q: schema } })).toThrow(end)
    else expect(Object.keys(types({ $defs: { Q: schema } }))).toContain('Q')
  })
})

function nested(key: string, depth: number, innermost: unknown): unknown {
  return depth === 0 ? innermost : { [key]: [nested(key, depth - 1, innermost), true] }
}

function twice(key: string, depth: number, innermost: unknown): unknown {
  return depth === 0
    ? innermost
    : { [key]: [twice(key, depth - 1, innermost), twice(key, depth - 1, innermost)] }
}
