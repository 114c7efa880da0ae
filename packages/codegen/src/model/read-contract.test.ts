import { defineContract, Open, serializeContract, Type, type ContractSpec } from '@simple-ipc/rpc'
import { describe, expect, it } from 'vitest'
import { CodegenError, type Refusal } from '../contract/codegen-error.js'
import { generate } from '../generate/generate.js'
import { readContract } from './read-contract.js'

type Types = NonNullable<ContractSpec['types']>
const json = (types: Types, child: NonNullable<ContractSpec['child']> = {}) =>
  serializeContract(defineContract({ name: 'test', version: '1.0.0', types, child }))

/** What is refused of a contract. */
function refusals(
  types: Types,
  child?: NonNullable<ContractSpec['child']>,
  language = 'python',
): readonly Refusal[] {
  try {
    generate(json(types, child), language, undefined, { importPath: 'example.com/it' })
    return []
  } catch (error) {
    if (error instanceof CodegenError) return error.refusals
    throw error
  }
}

describe('a union of one type, perhaps or null', () => {
  const State = Type.Union([Type.Object({ kind: Type.Literal('open') }), Type.String()])
  const memberOf = (state: ReturnType<typeof Type.Union>) => {
    const { types } = readContract(json({ OrderState: State, Order: Type.Object({ state }) }))
    const order = types.find(({ id }) => id === 'Order')?.shape
    return order?.kind === 'struct' ? order.members[0]?.type : undefined
  }

  it('is that type, not a new one, also where the type is a union', () => {
    const type = { kind: 'named', id: 'OrderState' }
    const nullable = { kind: 'nullable', type, kinds: ['object', 'string', 'null'] }
    expect(memberOf(Type.Union([Type.Ref('OrderState'), Type.Null()]))).toEqual(nullable)
    expect(memberOf(Type.Union([Type.Ref('OrderState'), Type.Null(), Type.Null()]))).toEqual(nullable)
    expect(memberOf(Type.Union([Type.Ref('OrderState')]))).toEqual(type)
  })

  it('is that type as it is if null belongs to it', () => {
    const types = {
      Maybe: Type.Union([Type.Integer(), Type.Null()]),
      Twice: Type.Union([Type.Ref('Maybe'), Type.Null()]),
    }
    expect(readContract(json(types)).types.find(({ id }) => id === 'Twice')?.shape).toEqual({
      kind: 'alias',
      type: { kind: 'named', id: 'Maybe' },
    })
  })
})

describe('what cannot be generated is refused with path, reason and fix', () => {
  it('two objects of a union that nothing tells apart', () => {
    const found = refusals({
      U: Type.Union([Type.Object({ a: Type.String() }), Type.Object({ b: Type.String() })]),
    })
    expect(found).toEqual([
      {
        path: '/types/U/anyOf/1',
        message: expect.stringMatching(
          /cannot be distinguished from \/types\/U\/anyOf\/0.*Type\.Literal/,
        ) as string,
        whole: '/types/U',
      },
    ])
  })

  it('and TypeScript, which does not choose, takes it as it is', () => {
    const U = Type.Union([
      Type.Object({ a: Type.String() }),
      Type.Object({ b: Type.Ref('U') }),
      Type.Array(Type.String()),
      Type.Array(Type.Ref('U')),
    ])
    expect(refusals({ U }, {}, 'go')).toHaveLength(2)
    const [file] = generate(json({ U }), 'typescript')
    expect(file?.text).toContain('export type U = UObject1 | UObject2 | readonly string[] | readonly U[]')
  })

  it('but not where the contract asks for the first that fits', () => {
    const parts = [Type.Object({ a: Type.String() }), Type.Object({ b: Type.String() })]
    for (const language of ['python', 'go', 'typescript'])
      expect(refusals({ U: Type.Union(parts, { 'x-first-match': true }) }, {}, language)).toEqual([])
  })

  it('the first that fits, of a union that contains itself', () => {
    const parts = [Type.Array(Type.String()), Type.Array(Type.Ref('U'))]
    const types = { U: Type.Union(parts, { 'x-first-match': true }) }
    const fault = { path: '/types/U', message: expect.stringContaining('contains itself') as string }
    expect(refusals(types)).toEqual([fault])
    expect(refusals(types, {}, 'go')).toEqual([fault])
    expect(refusals(types, {}, 'typescript')).toEqual([])
  })

  it('in Go, the first that fits of lists of several kinds', () => {
    const parts = [Open(Type.Enum(['a', 1])), Type.String({ pattern: '^x' })]
    const types = { U: Type.Union(parts, { 'x-first-match': true }) }
    expect(refusals(types)).toEqual([])
    expect(refusals(types, {}, 'go')[0]).toMatchObject({ path: '/types/U' })
  })

  it('two arrays, two strings of a union', () => {
    expect(refusals({ U: Type.Union([Type.Array(Type.String()), Type.Array(Type.Number())]) })).toHaveLength(
      1,
    )
    expect(
      refusals({ U: Type.Union([Type.String({ maxLength: 1 }), Type.String({ minLength: 5 })]) }),
    ).toHaveLength(1)
  })

  it('the same tag twice', () => {
    const branch = () => Type.Object({ kind: Type.Literal('a'), x: Type.Integer() })
    expect(
      refusals({ U: Type.Union([branch(), Type.Intersect([branch(), Type.Object({ y: Type.Integer() })])]) }),
    ).not.toEqual([])
  })

  it('known members beside free ones', () => {
    expect(
      refusals({ T: Type.Object({ a: Type.String() }, { additionalProperties: Type.Integer() }) }),
    ).toEqual([
      { path: '/types/T/additionalProperties', message: expect.stringContaining('Type.Record') as string },
    ])
  })

  it('allOf of anything but objects, and of objects that disagree', () => {
    expect(refusals({ T: Type.Intersect([Type.String(), Type.String()]) })[0]?.message).toContain(
      'objects only',
    )
    const found = refusals({
      T: Type.Intersect([Type.Object({ a: Type.String() }), Type.Object({ a: Type.Integer() })]),
    })
    expect(found[0]).toMatchObject({
      path: '/types/T/allOf/1/properties/a',
      message: expect.stringContaining('/types/T/allOf/0/properties/a') as string,
    })
  })

  it.each([
    ['^a\\bb$', 'word boundary'],
    ['^a{3000}$', 'steps'],
  ])('the pattern %s', (pattern, why) => {
    expect(refusals({ T: Type.String({ pattern }) })[0]).toMatchObject({
      path: '/types/T/pattern',
      message: expect.stringContaining(why) as string,
    })
  })

  it('constraints beside a list of values', () => {
    const found = refusals({ T: Type.Unsafe<string>({ type: 'string', enum: ['a', 'bb'], minLength: 2 }) })
    expect(found).toEqual([
      { path: '/types/T/minLength', message: expect.stringContaining('leave it out') as string },
    ])
  })

  it('names every fault, not just the first', () => {
    expect(
      refusals({
        A: Type.Union([Type.Object({}), Type.Object({})]),
        B: Type.String({ pattern: 'a\\b' }),
      }),
    ).toHaveLength(2)
  })
})

describe('names that clash are refused with both places', () => {
  it('members that differ in case only', () => {
    expect(refusals({ T: Type.Object({ userId: Type.Integer(), user_id: Type.Integer() }) })).toEqual([
      {
        path: '/types/T/properties/user_id',
        message: expect.stringContaining('/types/T/properties/userId') as string,
      },
    ])
  })

  it('types that differ in case only', () => {
    expect(refusals({ FooBar: Type.Object({}), foo_bar: Type.Object({}) })).toHaveLength(1)
  })

  it('methods that differ in signs only', () => {
    const found = refusals({}, { methods: { 'a/b': {}, 'a.b': {} } })
    expect([...new Set(found.map(({ path }) => path))]).toEqual(['/child/methods/a.b'])
  })

  it('a type called as an unnamed one would be', () => {
    const clash = refusals(
      { SaveParams: Type.Object({ y: Type.Integer() }) },
      { methods: { save: { params: Type.Object({ x: Type.Integer() }) } } },
    )
    expect(clash).toEqual([
      { path: '/child/methods/save/params', message: expect.stringContaining('/types/SaveParams') as string },
    ])
  })

  it('a keyword and the name that it would become', () => {
    expect(refusals({ T: Type.Object({ class: Type.Integer(), class_: Type.Integer() }) })).toHaveLength(1)
  })
})

describe('the model', () => {
  it('names unnamed types after method and path, tagged branches after their tags', () => {
    const model = readContract(
      json(
        {},
        {
          methods: {
            profile: {
              params: Type.Object({ inner: Type.Object({ deep: Type.Object({}) }) }),
              result: Type.Union([
                Type.Object({ kind: Type.Literal('ok') }),
                Type.Object({ kind: Type.Literal('no') }),
              ]),
            },
          },
        },
      ),
    )
    expect(model.types.map(({ id }) => id).sort()).toEqual([
      'profile params',
      'profile params inner',
      'profile params inner deep',
      'profile result',
      'profile result no',
      'profile result ok',
    ])
  })

  it('keeps two types of the same shape apart', () => {
    const same = () => Type.Object({ x: Type.Integer() })
    const model = readContract(
      json({ A: same(), B: same() }, { methods: { m: { params: Type.Ref('A'), result: Type.Ref('B') } } }),
    )
    const [method] = model.child.methods
    expect([method?.params.type, method?.result]).toEqual([
      { kind: 'named', id: 'A' },
      { kind: 'named', id: 'B' },
    ])
  })

  it('keeps openness with the branches that it opens', () => {
    const tagged = (kind: string) => Type.Object({ kind: Type.Literal(kind) })
    const model = readContract(
      json({
        U: Open(Type.Union([tagged('a'), tagged('b'), Type.Literal('x'), Type.Integer(), Type.Null()])),
      }),
    )
    const shape = (id: string) => model.typeOf(id).shape
    expect(shape('U')).toMatchObject({
      kind: 'union',
      kinds: ['object', 'string', 'integer', 'null'],
      branches: [
        { by: 'tag', tag: 'kind', tagKinds: ['string'], open: true },
        { by: 'kind', kind: 'string', type: { kind: 'named', id: 'U string' } },
        { by: 'kind', kind: 'number', type: { kind: 'integer' } },
        { by: 'kind', kind: 'null', type: { kind: 'null' } },
      ],
    })
    // Any other text may come as well: so says check-values.
    expect(shape('U string')).toMatchObject({ kind: 'enum', values: ['x'], open: true })
  })

  it('takes a value once, though a list names it twice', () => {
    const twice = (...values: string[]) => Type.Unsafe<string>({ enum: values })
    const shapes = readContract(json({ A: twice('a', 'b', 'a'), B: twice('b', 'b') })).types.map(
      ({ shape }) => shape,
    )
    expect(shapes).toMatchObject([
      { kind: 'enum', values: ['a', 'b'] },
      { kind: 'alias', type: { kind: 'literal', value: 'b' } },
    ])
  })

  it('takes a title for a name', () => {
    const model = readContract(
      json({}, { methods: { m: { result: Type.Object({}, { title: 'Outcome' }) } } }),
    )
    expect(model.types.map(({ id }) => id)).toEqual(['Outcome'])
  })

  it('finds types by their ids, those without a name in the contract too', () => {
    const model = readContract(
      json({ A: Type.Object({}) }, { methods: { m: { result: Type.Object({ a: Type.Ref('A') }) } } }),
    )
    for (const type of model.types) expect(model.typeOf(type.id)).toBe(type)
    expect(model.types.map(({ id }) => id)).toEqual(['A', 'm result'])
    expect(() => model.typeOf('B')).toThrow("There is no type 'B' in the contract 'test'")
  })

  it('refuses types that are only other names for each other, of a contract that nobody checked', () => {
    const types = { A: { $ref: 'B' }, B: { $ref: 'A' }, C: { allOf: [{ $ref: 'A' }] } }
    const unchecked = {
      ...json({}),
      types,
      child: { methods: { m: { params: types.C } }, notifications: {} },
    }
    expect(() => readContract(unchecked)).toThrow(
      /\/types\/A: is only another name for itself\n {2}\/types\/B: is only/,
    )
  })
})

it('a default is told to people', () => {
  const text = Type.String({ description: 'The name.', default: 'x' })
  const { types } = readContract(
    json({ T: Type.Object({ text, flag: Type.Optional(Type.Boolean({ default: false })) }) }),
  )
  const [shape] = types.map(type => type.shape)
  if (shape?.kind !== 'struct') throw new Error('no struct')
  expect(shape.members.map(({ docs }) => docs)).toEqual([['The name.', 'Default: "x".'], ['Default: false.']])
})

describe('null for absent members of foreign programs', () => {
  const foreign = { cancel: 'none', nullIsAbsent: true } as const
  const contract = serializeContract(defineContract({ name: 'test', version: '1.0.0', foreign }))

  it.each(['python', 'go'])('is refused in %s, with a way out', language => {
    expect(() => generate(contract, language, undefined, { importPath: 'example.com/it' })).toThrow(
      '/foreign/nullIsAbsent: is for hosts in TypeScript: leave it out, and let the members that may be null say so',
    )
  })

  it('is carried by TypeScript', () => {
    const [file] = generate(contract, 'typescript')
    expect(file?.text).toContain('nullIsAbsent')
  })
})
