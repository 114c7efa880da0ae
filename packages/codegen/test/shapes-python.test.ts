import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { defineContract, discover, serializeContract, Type } from '@simple-ipc/rpc'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generate } from '../src/generate.js'
import { gates } from './gates.js'
import { Random } from './random.js'
import { randomContract } from './random-contract.js'

// Generated Python is touched by no linter and no formatter, whatever the shape of a contract.

const gate = gates['python']
const long = 'aNameThatIsSoLongThatNothingElseFindsRoomOnItsLineAndThatNobodyWouldWriteByHandOnPurpose'
const texts = Type.Record(Type.String(), Type.String())
const digits = Type.String({ pattern: '^\\d+$' })

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
      [`${long}/${long}`]: { stream: Type.Ref(long), progress: Type.Literal(long) },
    },
  },
  host: { methods: { [long]: { params: Type.Ref(long), errors: { [long]: { code: 1 } } } } },
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

  it('passes ruff untouched, of contracts of chance', { timeout: 60_000 }, () => {
    const files = Array.from({ length: 60 }, (_, seed) => {
      const contract = randomContract(new Random(seed))
      const made = generate(serializeContract(contract), 'python', discover(contract))
      return made
        .filter(file => !file.path.startsWith('simple_ipc/'))
        .map(file => ({ ...file, path: `contract_${seed}/${file.path}` }))
    }).flat()
    gate?.prepare(folder, files)
    for (const tool of ['ruff check', 'ruff format']) expect(gate?.tools[tool]?.(folder)).toBe('')
  })
})
