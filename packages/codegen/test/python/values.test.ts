// What a Python program hears of values that do not fit, and which ones do.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Bytes, defineContract, Int64, serializeContract, Type } from '@simple-ipc/rpc'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generate } from '../../src/generate/generate.js'
import { writeFiles } from '../../src/output/write-files.js'
import { inTests } from '../support/paths.js'
import { python } from '../support/toolchains.js'

const contract = defineContract({
  name: 'values',
  version: '1.0.0',
  types: {
    Score: Type.Number({ minimum: 0 }),
    Scores: Type.Array(Type.Number(), { minItems: 1 }),
    Point: Type.Object({ x: Type.Number(), y: Type.Number() }),
    Counts: Type.Record(Type.String(), Type.Integer()),
    Count: Type.Integer(),
    Name: Type.String({ minLength: 1 }),
    Color: Type.Enum(['red', 'green']),
    Blob: Bytes(),
    Wide: Int64(),
    Mixed: Type.Union([Type.String(), Type.Array(Type.Number()), Type.Record(Type.String(), Type.Number())]),
  },
  child: { methods: {} },
})

interface Said {
  written?: unknown
  on_wire?: string
  text?: string
}

let folder = ''
let said: Record<string, Said> = {}
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'simple-ipc-'))
  writeFiles(path.join(folder, 'generated'), generate(serializeContract(contract), 'python'))
  cpSync(inTests('python', 'values_program.py'), path.join(folder, 'values_program.py'))
  const program = [path.join(folder, 'values_program.py')]
  const { stdout, stderr } = spawnSync(python ?? 'python3', program, { encoding: 'utf8' })
  expect(stderr).toBe('')
  said = JSON.parse(stdout) as Record<string, Said>
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const safe = 'must be an integer from -9007199254740991 to 9007199254740991'

describe.skipIf(python === undefined)('a value in Python', () => {
  it.each<[string, string, string]>([
    ['numpy array', 'must be an array', ', not numpy.ndarray (use .tolist())'],
    ['numpy array without dimensions', 'must be an array', ', not numpy.ndarray (use .item())'],
    ['inside', '/1 must be a number', ', not numpy.float32 (use .item())'],
    ['numpy scalar', 'must be a number', ', not numpy.float32 (use .item())'],
    ['frame', 'must be an array', ', not DataFrame (use .to_dict("records"))'],
    ['set', 'must be an array', ', not set (use list(…))'],
    ['generator', 'must be an array', ', not generator (use list(…))'],
    ['dict keys', 'must be an array', ', not dict_keys (use list(…))'],
    ['text for an array', 'must be an array', ', not str'],
    ['bytes for an array', 'must be an array', ', not bytes (use list(…))'],
    ['dict for an array', 'must be an array', ', not dict'],
    ['none', 'must be an array', ', not None'],
    ['too few', 'must have at least 1 element', ', not 0'],
    ['dict for a dataclass', 'must be an object', ', not dict (use Point(…))'],
    ['other dataclass', 'must be an object', ', not Own (use Point(…))'],
    ['class', 'must be an object', ', not type (use Point(…))'],
    ['dataclass for a map', 'must be an object', ', not Own (use dataclasses.asdict(…))'],
    ['coroutine', 'must be a number', ', not a coroutine (use await)'],
    ['function', 'must be a number', ', not function (use its result)'],
    ['nasty', 'must be a number', ''],
    ['decimal', 'must be a number', ', not decimal.Decimal (use float(…))'],
    ['duration', 'must be a number', ', not datetime.timedelta (use .total_seconds())'],
    ['moment for a number', 'must be a number', ', not datetime.datetime (use .timestamp())'],
    ['boolean for a number', 'must be a number', ', not True'],
    ['text for a number', 'must be a number', ', not str'],
    ['out of bounds', 'must be at least 0', ', not -1.0'],
    ['not finite', 'must be a finite number', ', not nan'],
    ['decimal for an integer', 'must be an integer', ', not decimal.Decimal (use int(…))'],
    ['too large', safe, ', not 1152921504606846976'],
    ['far too large', safe, ''],
    ['date', 'must be a string', ', not datetime.date (use .isoformat())'],
    ['path', 'must be a string', ', not pathlib.PurePosixPath (use str(…))'],
    ['uuid', 'must be a string', ', not uuid.UUID (use str(…))'],
    ['bytes for text', 'must be a string', ', not bytes (use .decode())'],
    ['too short', 'must have at least 1 character', ', not 0'],
    ['enumeration', 'must be a string', ', not Color (use .value)'],
    ['not listed', 'must be one of "red", "green"', ", not 'blue'"],
    ['text for bytes', 'must be a string', ' made from bytes, not str (use .encode())'],
    ['list for bytes', 'must be a string', ' made from bytes, not list'],
    ['text for a wide integer', 'must be a string', ' made from an int, not str (use int(…))'],
    ['wide integer', 'must be a valid int64', ', not 18446744073709551616'],
    ['union of all: set', 'must be a string, an array or an object', ', not set (use list(…))'],
    ['name in a path', String.raw`/\x1b[31m\u202e\x0a must be an integer`, ', not str'],
    ['constant: the next integer', 'must be 9007199254740992', ', not 9007199254740993'],
    ['any', '/0 must be a JSON value', ', not set (use list(…))'],
    ['any: mapping', '/a/1 must be a JSON value', ', not type'],
    ['any: name', 'must be a JSON value', ': it has a name that is not int'],
    ['any: date', '/a/0 must be a JSON value', ', not datetime.date (use .isoformat())'],
    ['any: not finite in a sequence', '/0 must be a finite number', ', not inf'],
  ])('that does not fit says what it is: %s', (name, onWire, found) => {
    const at = onWire.startsWith('/') ? onWire : ` ${onWire}`
    expect(said[name]).toEqual({ on_wire: at, text: at + found })
  })

  it.each<[string, unknown]>([
    ['range', [0, 1, 2]],
    ['tuple', [1, 2]],
    ['deque', [1, 2]],
    ['user list', [1, 2]],
    ['array of numbers', [1, 2]],
    ['mapping', { a: 1 }],
    ['user dict', { a: 1 }],
    ['enumeration of text', 'red'],
    ['union of all: tuple', [1]],
    [
      'any: sequence',
      {
        a: [
          [0, 1],
          ['a', 'b'],
        ],
      },
    ],
    ['any: mappings', { a: [{ b: 1 }] }],
  ])('is written where its type says so: %s', (name, written) => {
    expect(said[name]).toEqual({ written })
  })
})
