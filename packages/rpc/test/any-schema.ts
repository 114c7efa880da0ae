import fc from 'fast-check'
import type { PlainSchema, PlainTypes } from '../src/schema/plain-schema.js'

/** Names that trip: on the prototype, empty, with regular-expression and pointer characters, outside the BMP. */
const name = fc.constantFrom(
  'a',
  'b',
  'tag',
  'toString',
  'constructor',
  '__proto__',
  '',
  'x/y~z',
  'a.b|c',
  'l\nb',
  '😀',
  '\ue000',
)
const literal = fc.constantFrom<string | number | boolean | null>(
  'a',
  'b',
  '',
  '\ufffd',
  0,
  1,
  1.5,
  true,
  false,
  null,
)
/** The types that the schemas refer to. */
export const types: PlainTypes = {
  Node: {
    type: 'object',
    properties: {
      value: { type: 'integer' },
      next: { $ref: 'Node' },
      all: { type: 'array', items: { $ref: 'Node' } },
    },
    required: ['value'],
  },
  Word: { type: 'string', maxLength: 2 },
  Circle: {
    type: 'object',
    properties: { tag: { const: 'circle', type: 'string' }, r: { type: 'number' } },
    required: ['tag', 'r'],
  },
  Square: {
    type: 'object',
    properties: { tag: { const: 'square', type: 'string' }, a: { $ref: 'Word' } },
    required: ['tag'],
  },
}
const bound = fc.integer({ min: -3, max: 3 })
const few = fc.integer({ min: 0, max: 3 })
const some = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 })
const said = <T extends object>(schema: T): T =>
  Object.fromEntries(Object.entries(schema).filter(([, value]) => value !== undefined)) as T

/** Any schema that a contract may hold. */
export const { schema: anySchema } = fc.letrec<{ schema: PlainSchema }>(tie => ({
  schema: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<PlainSchema>(
      {},
      { type: 'null' },
      { type: 'boolean' },
      { $ref: 'Node' },
      { $ref: 'Word' },
    ),
    fc.constantFrom<PlainSchema>(
      { anyOf: [{ $ref: 'Circle' }, { $ref: 'Square' }] },
      { anyOf: [{ $ref: 'Circle' }, { $ref: 'Square' }], 'x-open': true },
      { enum: ['a', 'b'], 'x-open': true },
    ),
    fc
      .record({
        minLength: some(few),
        maxLength: some(few),
        pattern: some(fc.constantFrom('^a*$', '.', '^[^\\ufffd]*$')),
        format: some(fc.constantFrom('int64', 'date', 'other')),
      })
      .map((rest): PlainSchema => said({ type: 'string', ...rest }) as PlainSchema),
    fc
      .record({
        type: fc.constantFrom('integer' as const, 'number' as const),
        minimum: some(bound),
        exclusiveMaximum: some(bound),
      })
      .map((rest): PlainSchema => said(rest) as PlainSchema),
    fc
      .record({ multipleOf: fc.integer({ min: 1, max: 3 }), maximum: bound })
      .map((rest): PlainSchema => ({ type: 'integer', ...rest })),
    literal.map((value): PlainSchema => ({ const: value })),
    fc.uniqueArray(literal, { minLength: 1, maxLength: 3 }).map((values): PlainSchema => ({ enum: values })),
    fc
      .record({
        items: tie('schema'),
        minItems: some(few),
        maxItems: some(few),
        uniqueItems: some(fc.boolean()),
      })
      .map((rest): PlainSchema => said({ type: 'array', ...rest }) as PlainSchema),
    fc.array(tie('schema'), { maxLength: 3 }).map((items): PlainSchema => ({
      type: 'array',
      items,
      additionalItems: false,
      minItems: items.length,
    })),
    fc
      .record({
        members: fc.array(fc.tuple(name, tie('schema'), fc.boolean()), { maxLength: 4 }),
        additionalProperties: some(fc.oneof(fc.constant(false), tie('schema'))),
        minProperties: some(few),
        maxProperties: some(few),
      })
      .map(({ members, ...rest }): PlainSchema => {
        const properties = Object.fromEntries(members.map(([key, schema]) => [key, schema]))
        const required = Object.keys(properties).filter(key =>
          members.some(([of, , must]) => of === key && must),
        )
        return said({
          type: 'object',
          properties,
          ...(required.length > 0 ? { required } : {}),
          ...rest,
        }) as PlainSchema
      }),
    fc.tuple(fc.constantFrom('^a', '^.$'), tie('schema')).map(([pattern, schema]): PlainSchema => ({
      type: 'object',
      patternProperties: { [pattern]: schema },
    })),
    tie('schema').map((schema): PlainSchema => ({ type: 'object', additionalProperties: schema })),
    fc.array(tie('schema'), { minLength: 1, maxLength: 3 }).map((anyOf): PlainSchema => ({ anyOf })),
    fc.array(tie('schema'), { minLength: 1, maxLength: 2 }).map((allOf): PlainSchema => ({ allOf })),
  ),
}))

/** JSON writes nothing of it, `in` sees the member. */
class Getter {
  readonly #a = 'a'
  get a() {
    return this.#a
  }
}

const { value: anyValue } = fc.letrec<{ value: unknown }>(tie => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    literal,
    fc.constantFrom<unknown>(
      -0,
      2,
      3,
      -1,
      2 ** 53,
      2 ** 60,
      NaN,
      Infinity,
      undefined,
      7n,
      'aa',
      'ab',
      '1',
      '-0',
      '😀',
      '\ud800',
      'a\n',
      '2024-02-30',
    ),
    fc.constantFrom<unknown>(
      new Date(0),
      new Getter(),
      new Map([['a', 1]]),
      new Uint8Array([1]),
      /a/,
      Array.from({ length: 2 }),
      new Array<number>(1),
      Object.create(null),
      () => 1,
      Symbol.iterator,
    ),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(name, tie('value'), { maxKeys: 4 }),
    fc.record(
      { tag: fc.constantFrom('circle', 'square', 'star', 1), r: tie('value'), a: tie('value') },
      { requiredKeys: [] },
    ),
    fc.record(
      { value: fc.integer(), next: tie('value'), all: fc.array(tie('value'), { maxLength: 2 }) },
      { requiredKeys: ['value'] },
    ),
  ),
}))

/** Values near a schema, so that many are accepted. */
export function valueFor(schema: PlainSchema): fc.Arbitrary<unknown> {
  const known = schema.$ref === undefined ? schema : (types[schema.$ref] ?? {})
  const near = (): fc.Arbitrary<unknown> => {
    if (known.anyOf !== undefined) return fc.oneof(...known.anyOf.map(valueFor))
    if (known.allOf?.[0] !== undefined) return valueFor(known.allOf[0])
    if (known.const !== undefined) return fc.constant(known.const)
    if (known.enum !== undefined) return fc.constantFrom(...known.enum)
    if (known.type === 'array')
      return Array.isArray(known.items)
        ? fc.tuple(...known.items.map(valueFor))
        : fc.array(valueFor(known.items ?? {}), { maxLength: 3 })
    if (known.type === 'object' && known.patternProperties === undefined && schema.$ref !== 'Node') {
      const members = Object.entries(known.properties ?? {}).map(([key, part]) =>
        fc
          .tuple(fc.constant(key), valueFor(part), fc.integer({ min: 0, max: 9 }))
          .map(([of, value, there]) =>
            (known.required?.includes(of) === true ? there > 0 : there > 4) ? [[of, value] as const] : [],
          ),
      )
      const extra =
        typeof known.additionalProperties === 'object'
          ? fc.array(fc.tuple(name, valueFor(known.additionalProperties)), { maxLength: 2 })
          : fc.constant([])
      return fc.tuple(fc.tuple(...members), extra).chain(([own, more]) => {
        const value: object = Object.fromEntries([...more, ...own.flat()])
        // Sometimes the members are inherited, which JSON does not write.
        return fc.constantFrom<object>(value, value, value, Object.create(value) as object)
      })
    }
    if (known.type === 'string') return fc.constantFrom('a', 'aa', '', '1', '😀', '2024-02-29', '\ud800')
    if (known.type === 'integer' || known.type === 'number')
      return fc.oneof(
        { weight: 6, arbitrary: fc.integer({ min: -3, max: 3 }) },
        { weight: 1, arbitrary: fc.constantFrom(2 ** 60, -(2 ** 53), 1.5) },
      )
    return anyValue
  }
  return fc.oneof({ weight: 6, arbitrary: near() }, { weight: 1, arbitrary: anyValue })
}
