import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { checkValue, type Issue } from '@simple-ipc/rpc'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generate } from '../src/generate.js'
import { readContract } from '../src/read-contract.js'
import { PythonNames } from '../src/targets/python/names.js'
import { writeFiles } from '../src/write-files.js'
import { casesOf } from './cases.js'
import { Random } from './random.js'
import { mutated, randomValue } from './random-values.js'
import { python } from './toolchains.js'

const perType = 2000

interface Job {
  type: string
  module: string
  decode: string
  encode: string
  value: unknown
  issue: Issue | undefined
}

/** For each type of each case: values, at least four in ten of them with a fault, and what TypeScript says of them. */
function jobs(): Job[] {
  const random = new Random(20_261_123)
  return casesOf('python').flatMap(({ json }) => {
    const model = readContract(json)
    const names = new PythonNames(model)
    return Object.entries(json.types).flatMap(([type, schema]) => {
      const shape = model.types.find(({ id }) => id === type)?.shape
      const isClosedEnum = shape?.kind === 'enum' && !shape.open
      if (shape === undefined || (shape.kind === 'enum' && shape.open)) return []
      const [decode, encode] = isClosedEnum
        ? [names.constant(type), names.constant(type)]
        : [`decode_${names.function(type)}`, `encode_${names.function(type)}`]
      return Array.from({ length: perType }, (): Job => {
        const fitting = randomValue(schema, json.types, random)
        const value: unknown = JSON.parse(
          JSON.stringify(random.chance(0.45) ? mutated(fitting, random) : fitting),
        )
        return {
          type,
          module: names.module,
          decode,
          encode,
          value,
          issue: checkValue(schema, json.types, value),
        }
      })
    })
  })
}

describe.skipIf(python === undefined)('generated Python', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'simple-ipc-'))
    for (const { json } of casesOf('python'))
      writeFiles(path.join(folder, 'generated'), generate(json, 'python'))
    cpSync(path.join(import.meta.dirname, 'python', 'fuzz_driver.py'), path.join(folder, 'fuzz_driver.py'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it(
    'says of every value what TypeScript says, at the same place and in the same words',
    { timeout: 120_000 },
    async () => {
      const all = jobs()
      const child = spawn(python ?? 'python3', ['fuzz_driver.py'], {
        cwd: folder,
        stdio: ['pipe', 'pipe', 'inherit'],
      })
      child.stdin.end(
        all
          .map(
            ({ module, decode, encode, value }) => `${JSON.stringify({ module, decode, encode, value })}\n`,
          )
          .join(''),
      )
      const differences: unknown[] = []
      const sentences = new Set<string>()
      let i = 0
      for await (const line of createInterface({ input: child.stdout })) {
        const job = all[i++]
        if (job === undefined) throw new Error('more answers than questions')
        if (job.issue !== undefined) sentences.add(job.issue.message.replace(/[\d"].*/, '…'))
        const answer = JSON.parse(line) as Record<string, unknown>
        // What is accepted comes back equal, but for members that the contract does not know.
        const again: unknown = 'ok' in answer ? known(job.value, answer['ok']) : undefined
        const expected = job.issue ?? { ok: again }
        if (JSON.stringify(sorted(answer)) !== JSON.stringify(sorted(expected)))
          differences.push({
            type: `${job.module}.${job.type}`,
            value: job.value,
            typescript: job.issue ?? 'fits',
            python: answer,
          })
      }
      expect(differences.slice(0, 6)).toEqual([])
      expect(i).toBe(all.length)
      const refused = all.filter(({ issue }) => issue !== undefined).length
      expect(refused / all.length, 'enough of them are refused').toBeGreaterThan(0.4)
      for (const each of everySentence) expect([...sentences].join('\n')).toContain(each)
    },
  )
})

/** One refusal of each keyword at least. */
const everySentence = [
  ...[
    'must be null',
    'must be a boolean',
    'must be an integer',
    'must be a number',
    'must be a string',
    'must be an array',
  ],
  ...[
    'must be an object',
    'must be an integer from',
    'must be one of',
    'must have at least',
    'must have at most',
  ],
  ...[
    'must match the pattern',
    'must be a valid',
    'must be valid base',
    'must be at least',
    'must be greater than',
  ],
  ...['must be at most', 'must be less than', 'must be a multiple of', 'must have exactly', 'is missing'],
  ...['is not a known member', 'has a name that does not match', 'must not have two equal elements'],
]

/** The value without the members that did not come back: those that the contract does not know are not kept. */
function known(sent: unknown, back: unknown): unknown {
  if (Array.isArray(sent) && Array.isArray(back)) return sent.map((item, i) => known(item, back[i]))
  if (typeof sent !== 'object' || sent === null || typeof back !== 'object' || back === null) return sent
  const there = back as Record<string, unknown>
  return Object.fromEntries(
    Object.entries(sent)
      .filter(([name]) => Object.hasOwn(there, name))
      .map(([name, value]) => [name, known(value, there[name])]),
  )
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, inner]) => [name, sorted(inner)])
}
