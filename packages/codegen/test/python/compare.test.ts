// A host in Python judges another version of its contract as compareContracts does.
import { spawnSync } from 'node:child_process'
import { compareContracts, defineContract, discover, Open, Type, type ContractSpec } from '@simple-ipc/rpc'
import { describe, expect, it } from 'vitest'
import { inPackage } from '../support/paths.js'
import { python } from '../support/toolchains.js'

type Child = NonNullable<ContractSpec['child']>
type Methods = NonNullable<Child['methods']>

const runtime = inPackage('src', 'targets', 'python', 'runtime')
const program = `
import json, sys
sys.path.insert(0, ${JSON.stringify(runtime)})
from simple_ipc.contract.contract_mismatch import contract_mismatch
from simple_ipc import Contract
told = []
for host, child in json.load(sys.stdin):
    error = contract_mismatch(Contract("c", "1", "", json.dumps(host)), child)
    told.append([] if error is None else error.data["differences"])
print(json.dumps(told))
`

const contract = (child: Child, host?: ContractSpec['host']) =>
  defineContract({ name: 'c', version: '1.0.0', child, ...(host === undefined ? {} : { host }) })
const methods = (of: Methods) => contract({ methods: of })
const params = (members: Record<string, Parameters<typeof Type.Optional>[0]>) =>
  methods({ m: { params: Type.Object(members) } })
const result = (schema: NonNullable<Methods[string]['result']>) => methods({ m: { result: schema } })
const list = Type.Cyclic({ N: Type.Object({ v: Type.Integer(), next: Type.Optional(Type.Ref('N')) }) }, 'N')
const longList = Type.Cyclic(
  { N: Type.Object({ v: Type.String(), next: Type.Optional(Type.Ref('N')) }) },
  'N',
)
const cat = Type.Object({ kind: Type.Literal('cat'), lives: Type.Integer() })
const dog = Type.Object({ kind: Type.Literal('dog'), barks: Type.Boolean() })
const S = Type.String()
const I = Type.Integer()

/** Name, the host's contract, the child's. */
const pairs: [string, ReturnType<typeof contract>, ReturnType<typeof contract>][] = [
  ['the same', params({ a: S }), params({ a: S })],
  ['a method that is missing', methods({ m: {}, n: {} }), methods({ m: {} })],
  ['a method that is new', methods({ m: {} }), methods({ m: {}, n: {} })],
  ['a notification that is missing', contract({ notifications: { n: Type.Object({}) } }), contract({})],
  [
    'a method that is a notification',
    methods({ m: {} }),
    contract({ notifications: { m: Type.Object({}) } }),
  ],
  ['another type of a param', params({ a: S }), params({ a: I })],
  ['a wider type of a param', params({ a: I }), params({ a: Type.Number() })],
  ['a narrower type of a param', params({ a: Type.Number() }), params({ a: I })],
  ['a param that became required', params({ a: S }), params({ a: S, b: S })],
  ['a param that is required, and was optional', params({ a: Type.Optional(S) }), params({ a: S })],
  ['a param that became optional', params({ a: S }), params({ a: Type.Optional(S) })],
  ['a param that is gone', params({ a: S, b: S }), params({ a: S })],
  ['params where there were none', methods({ m: {} }), params({ a: S })],
  ['optional params where there were none', methods({ m: {} }), params({ a: Type.Optional(S) })],
  ['no params where there were some', params({ a: S }), methods({ m: {} })],
  ['no params where a tuple was', methods({ m: { params: Type.Tuple([I]) } }), methods({ m: {} })],
  [
    'a longer tuple',
    methods({ m: { params: Type.Tuple([I]) } }),
    methods({ m: { params: Type.Tuple([I, I]) } }),
  ],
  [
    'another type in a tuple',
    methods({ m: { params: Type.Tuple([I, S]) } }),
    methods({ m: { params: Type.Tuple([I, I]) } }),
  ],
  [
    'params that may hold no others',
    params({ a: S, b: S }),
    methods({ m: { params: Type.Object({ a: S }, { additionalProperties: false }) } }),
  ],
  ['a narrower result', result(Type.Number()), result(I)],
  ['a wider result', result(I), result(Type.Number())],
  ['no result any more', result(I), methods({ m: {} })],
  ['a result that is new', methods({ m: {} }), result(I)],
  ['anything as a result', result(I), result(Type.Unknown())],
  ['a result that may be anything', result(Type.Unknown()), result(I)],
  ['a value more in a result', result(Type.Enum(['a'])), result(Type.Enum(['a', 'b']))],
  ['a value less in a result', result(Type.Enum(['a', 'b'])), result(Type.Enum(['a']))],
  ['an open list as a result', result(Type.Enum(['a'])), result(Open(Type.Enum(['a'])))],
  ['a closed list as a result', result(Open(Type.Enum(['a']))), result(Type.Enum(['a', 'b']))],
  ['a text as a result, where values were listed', result(Type.Enum(['a'])), result(S)],
  ['a listed value as a result, where any text was', result(S), result(Type.Enum(['a']))],
  ['a result that may be null', result(I), result(Type.Union([I, Type.Null()]))],
  ['a result that is never null', result(Type.Union([I, Type.Null()])), result(I)],
  ['a branch more in a result', result(cat), result(Type.Union([cat, dog]))],
  ['a branch less in a result', result(Type.Union([cat, dog])), result(cat)],
  ['elements of another type', result(Type.Array(I)), result(Type.Array(S))],
  ['a map of another type', result(Type.Record(S, I)), result(Type.Record(S, S))],
  ['a map of the same type', result(Type.Record(S, I)), result(Type.Record(S, I))],
  ['a list that contains itself', result(list), result(list)],
  ['a list that contains itself, of another type', result(list), result(longList)],
  ['a lower limit in a result', result(Type.Integer({ minimum: 1 })), result(I)],
  ['a limit that is kept', result(Type.Integer({ minimum: 1 })), result(Type.Integer({ minimum: 2 }))],
  [
    'a limit that shuts itself out',
    result(Type.Number({ exclusiveMaximum: 5 })),
    result(Type.Number({ maximum: 5 })),
  ],
  ['a longest text', result(Type.String({ maxLength: 5 })), result(Type.String({ maxLength: 6 }))],
  ['a pattern', result(Type.String({ pattern: '^a$' })), result(S)],
  ['a format', result(Type.String({ format: 'uuid' })), result(S)],
  ['elements that differ', result(Type.Array(I, { uniqueItems: true })), result(Type.Array(I))],
  ['a fewest of elements', result(Type.Array(I, { minItems: 1 })), result(Type.Array(I))],
  ['a stream that is new', methods({ m: {} }), methods({ m: { stream: I } })],
  ['a stream that is gone', methods({ m: { stream: I } }), methods({ m: {} })],
  ['a stream of another type', methods({ m: { stream: I } }), methods({ m: { stream: S } })],
  ['a progress of another type', methods({ m: { progress: I } }), methods({ m: { progress: S } })],
  ['a progress that is gone', methods({ m: { progress: I } }), methods({ m: {} })],
  [
    'an error with another code',
    methods({ m: { errors: { E: { code: 1 } } } }),
    methods({ m: { errors: { E: { code: 2 } } } }),
  ],
  [
    'an error with other data',
    methods({ m: { errors: { E: { code: 1, data: I } } } }),
    methods({ m: { errors: { E: { code: 1, data: S } } } }),
  ],
  [
    'an error without its data',
    methods({ m: { errors: { E: { code: 1, data: I } } } }),
    methods({ m: { errors: { E: { code: 1 } } } }),
  ],
  ['an error that is new', methods({ m: {} }), methods({ m: { errors: { E: { code: 1 } } } })],
  ['a method that may be repeated no more', methods({ m: { idempotent: true } }), methods({ m: {} })],
  [
    "a host's method that the host does not have",
    contract({}),
    contract({}, { methods: { h: { result: I } } }),
  ],
  [
    "a host's method with other params",
    contract({}, { methods: { h: { params: Type.Object({ a: I }) } } }),
    contract({}, { methods: { h: { params: Type.Object({ a: S }) } } }),
  ],
  [
    "a host's notification that the child never sends",
    contract({}, { notifications: { n: Type.Object({}) } }),
    contract({}),
  ],
]

describe.skipIf(python === undefined)('a host in Python takes another version as TypeScript does', () => {
  const { stdout, stderr } = spawnSync(python ?? 'python3', ['-c', program], {
    input: JSON.stringify(pairs.map(([, host, child]) => [discover(host), discover(child)])),
    encoding: 'utf8',
  })
  const told = stdout === '' ? [] : (JSON.parse(stdout) as { side: string; member: string; path: string }[][])

  it('says something to each', () => {
    expect(stderr).toBe('')
    expect(told).toHaveLength(pairs.length)
  })

  it.each(pairs.map(([name, host, child], i) => ({ name, host, child, i })))(
    '$name',
    ({ host, child, i }) => {
      const where = ({ side, member, path }: { side: string; member: string; path: string }): string =>
        `${side} ${member}${path}`
      const expected = compareContracts(host, child).filter(({ breaking }) => breaking)
      expect([...new Set(told[i]?.map(where))].sort()).toEqual([...new Set(expected.map(where))].sort())
    },
  )
})

describe.skipIf(python === undefined)('the error of a host in Python', () => {
  it('shows no control characters of the other contract', () => {
    const attack = '\u001b[31m\u202e\n\u009b'
    const theirs = defineContract({
      name: `c${attack}`,
      version: `1${attack}`,
      child: { methods: { m: { params: Type.Object({ [`a${attack}`]: S }) } } },
    })
    const { stdout, stderr } = spawnSync(
      python ?? 'python3',
      ['-c', program.replace('error.data["differences"]', 'str(error)')],
      { input: JSON.stringify([[discover(params({ a: S })), discover(theirs)]]), encoding: 'utf8' },
    )
    expect(stderr).toBe('')
    const [text] = JSON.parse(stdout) as [string]
    expect(text).toContain('\\x1b[31m\\u202e')
    expect(text.split('\n')).toHaveLength(3)
    for (const line of text.split('\n')) expect(line).not.toMatch(/[\p{Cc}\u202e]/u)
  })
})

describe.skipIf(python === undefined)('what another program describes', () => {
  const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` })
  /** The document of a method whose result is of the type `Last`. */
  const described = (schemas: Record<string, object>): object => ({
    ...discover(result(S)),
    methods: [{ name: 'm', params: [], result: { name: 'result', schema: reference('Last') } }],
    components: { schemas },
  })
  /** Twenty-five types, each made of two of the one before it. */
  const nested = (first: object, of: (inner: object) => object): Record<string, object> => ({
    T0: first,
    ...Object.fromEntries(
      Array.from({ length: 24 }, (_, i) => [`T${i + 1}`, of(reference(`T${i}`))] as const),
    ),
    Last: reference('T24'),
  })
  const inline = (depth: number): object =>
    depth === 0 ? { type: 'boolean' } : { anyOf: [inline(depth - 1), inline(depth - 1)] }
  const pair = (inner: object): object => ({ type: 'object', properties: { a: inner, b: inner } })
  const judge = (host: object, child: object): { message: string }[] => {
    const { stdout, stderr } = spawnSync(python ?? '', ['-c', program], {
      input: JSON.stringify([[host, child]]),
      encoding: 'utf8',
    })
    expect(stderr).toBe('')
    return (JSON.parse(stdout) as { message: string }[][])[0] ?? []
  }

  it.each<[string, Record<string, object>, RegExp]>([
    ['a type that is itself', { Last: reference('Last') }, /refers to itself/],
    ['types in a circle', { Last: reference('A'), A: { anyOf: [reference('Last')] } }, /refers to itself/],
    ['unions in unions', nested({ type: 'boolean' }, inner => ({ anyOf: [inner, inner] })), /too many/],
    ['parts in parts', nested({}, inner => ({ allOf: [inner, inner] })), /too many/],
    ['unions written out', { Last: inline(10) }, /is boolean|entangled/],
    ['members of members', nested({ type: 'boolean' }, pair), /is object/],
  ])('is compared in bounded time, or refused: %s', (_, schemas, message) => {
    const [found] = judge(discover(result(S)), described(schemas))
    expect(found?.message).toMatch(message)
    judge(described(schemas), described(schemas))
  })

  it('fits itself, however often a type occurs, and is refused where the differences cannot be counted', () => {
    const booleans = described(nested({ type: 'boolean' }, pair))
    expect(judge(booleans, booleans)).toEqual([])
    const [found, ...more] = judge(booleans, described(nested({ type: 'string' }, pair)))
    expect(found?.message).toContain('too entangled')
    expect(more).toEqual([])
  })
})
