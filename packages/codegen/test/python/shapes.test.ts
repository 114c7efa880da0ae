import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Bytes, defineContract, discover, Open, type Schema, serializeContract, Type } from '@simple-ipc/rpc'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generate } from '../../src/generate/generate.js'
import { gates } from '../support/gates.js'

// Generated Python is touched by no linter and no formatter, whatever the shape of a contract.

const gate = gates['python']
const long = 'aNameThatIsSoLongThatNothingElseFindsRoomOnItsLineAndThatNobodyWouldWriteByHandOnPurpose'
const texts = Type.Record(Type.String(), Type.String())
const digits = Type.String({ pattern: '^\\d+$' })

const one = Type.Literal('one')
const yes = Type.Literal(true)
const orNull = <const T extends Schema>(schema: T) => Type.Union([schema, Type.Null()])
const several = Type.Union([Type.Boolean(), Type.Array(Type.Integer()), Type.Enum(['a', 'b'])])
/** Single values, listed in everything that may hold them. */
const narrow = {
  nullable: orNull(one),
  optional: Type.Optional(Type.Enum(['a', 'b'])),
  optionalNull: Type.Optional(orNull(one)),
  optionalNullYes: Type.Optional(orNull(yes)),
  optionalNullEnum: Type.Optional(orNull(Type.Enum(['a', 'b']))),
  array: Type.Array(yes),
  arrays: Type.Array(Type.Array(one), { uniqueItems: true }),
  map: Type.Record(Type.String(), Type.Literal(252)),
  maps: Type.Array(Type.Record(Type.String(), Type.Record(Type.String(), Type.Enum(['a', 'b'])))),
  mapOfArrays: Type.Record(Type.String(), Type.Array(orNull(yes))),
  nullableArray: orNull(Type.Array(one)),
  severals: Type.Array(several),
  tuple: Type.Tuple([Type.Array(one), orNull(Type.Array(several))]),
}

/** Each of them once made a line too long, an import too many, or a sentence that a tool would change. */
const shapes = defineContract({
  name: 'shapes',
  version: '1.0.0',
  types: {
    [long]: Type.Object({ [long]: Type.Array(Type.Array(Type.Ref(long))) }),
    WideTuple: Type.Tuple(
      Array.from({ length: 9 }, (_, i) => Type.Record(Type.String(), Type.Integer({ minimum: i }))),
    ),
    NullFirst: Type.Object({
      number: Type.Optional(Type.Union([Type.Null(), Type.Integer()])),
      twice: Type.Union([Type.Null(), Type.Union([Type.Null(), Type.String()])]),
      only: Type.Array(Type.Union([Type.Null(), Type.Literal('one')])),
    }),
    Mixed: Type.Union([Type.Null(), Type.Literal(5), Type.Literal('five'), Type.Array(Type.Null())]),
    ListOrMap: Type.Union([Type.Array(Type.Integer()), texts]),
    // What type checkers take for something wider, unless something says what it is.
    Narrow: Type.Object(narrow),
    NarrowInTurn: Type.Intersect([Type.Object(narrow), Type.Object({ more: Type.Array(one) })]),
    NarrowUnion: Type.Union([Type.Array(one), Type.Record(Type.String(), Type.Array(yes))]),
    NullTwice: Type.Object({ twice: orNull(Type.Ref('FiveOrNull')) }),
    FiveOrNull: orNull(Type.Literal(5)),
    UnionInUnion: Type.Union([
      Type.Boolean(),
      Type.Record(Type.String(), Bytes()),
      Open(Type.Union([Type.Literal('last')])),
    ]),
    ListInUnion: Type.Union([Type.Ref('OneOrList'), Type.Record(Type.String(), Bytes())]),
    OneOrList: Type.Union([one, Type.Array(one)]),
    Sentences: Type.Enum(['a '.repeat(60), 'b '.repeat(60), 'Literal[', 'Mapping[', "'", '"', '\\']),
    Fractions: Type.Enum(['a '.repeat(20), 'b '.repeat(20), 1.5]),
    Headings: Type.Object(
      { a: Type.Integer({ description: 'Args:\n    b: what is not there.\n\nReturns:\n    Nothing.' }) },
      { description: 'Example' },
    ),
    Width: Type.Object(
      Object.fromEntries(
        [76, 77, 78, 79, 80, 81, 82].map(n => [
          `m${n}`,
          Type.Null({ description: `${'x'.repeat(n - 2)} y` }),
        ]),
      ),
    ),
  },
  child: {
    methods: {
      call: {
        summary: 'Args:',
        description: 'Args:\n    params: what they are.',
        params: Type.Tuple([digits]),
        result: Type.Array(digits),
        errors: {
          [long]: { code: 1, data: texts },
          [`${long} ${long}`]: { code: 2, data: Type.Array(Type.Union([Type.Null(), Type.Ref(long)])) },
        },
      },
      narrow: {
        params: Type.Object(narrow),
        result: orNull(Type.Array(one)),
        stream: Type.Record(Type.String(), Type.Array(one)),
        progress: orNull(Type.Array(several)),
        errors: { Narrow: { code: 3, data: orNull(Type.Array(one)) } },
      },
      [`${long}/${long}`]: { stream: Type.Ref(long), progress: Type.Literal(long) },
    },
  },
  host: {
    methods: {
      [long]: { params: Type.Ref(long), errors: { [long]: { code: 1 } } },
      narrow: { result: orNull(Type.Array(one)) },
      severals: { result: orNull(Type.Array(several)) },
    },
  },
})

describe.skipIf(gate?.available !== true)('Python of any shape', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'simple-ipc-'))
    gate?.prepare(folder, generate(serializeContract(shapes), 'python', discover(shapes)))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it.each(Object.keys(gate?.tools ?? {}))('passes %s untouched', { timeout: 60_000 }, tool => {
    expect(gate?.tools[tool]?.(folder)).toBe('')
  })
})
