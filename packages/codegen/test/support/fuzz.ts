import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { checkValue, type Issue } from '@simple-ipc/rpc'
import { expect } from 'vitest'
import type { Model, NamedType } from '../../src/model/model.js'
import { readContract } from '../../src/model/read-contract.js'
import { casesOf } from './cases.js'
import { Random } from './random.js'
import { mutated, randomValue } from './random-values.js'

// Values of every type, many of them with a fault, put to TypeScript and to another language.

const perType = 2000

/** A value, and what TypeScript says of it. */
export interface Question {
  /** The name of the case. */
  contract: string
  model: Model
  type: NamedType
  value: unknown
  issue: Issue | undefined
}

/** For each type of each case of a language: values, at least four in ten of them with a fault. */
export function questions(language: string, isAsked: (type: NamedType) => boolean = () => true): Question[] {
  const random = new Random(20_261_123)
  const all = casesOf(language).flatMap(({ name, json }) => {
    const model = readContract(json)
    return Object.entries(json.types).flatMap(([id, schema]) => {
      const type = model.types.find(type => type.id === id)
      if (type === undefined || !isAsked(type)) return []
      return Array.from({ length: perType }, (): Question => {
        const fitting = randomValue(schema, json.types, random)
        const value: unknown = JSON.parse(
          JSON.stringify(random.chance(0.5) ? mutated(fitting, random) : fitting),
        )
        return { contract: name, model, type, value, issue: checkValue(schema, json.types, value) }
      })
    })
  })
  expectEnough(all)
  return all
}

/**
 * Puts the questions to a program, a line each, and expects an answer of one line to each: `{"ok": the value written
 * again}` or `{"path", "message"}`, as TypeScript says.
 */
export async function expectSameAnswers(
  command: readonly [string, ...string[]],
  cwd: string,
  all: readonly Question[],
  line: (question: Question) => object,
): Promise<void> {
  const [file, ...args] = command
  const child = spawn(file, args, { cwd, stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(all.map(question => `${JSON.stringify(line(question))}\n`).join(''))
  const differences: unknown[] = []
  let i = 0
  for await (const text of createInterface({ input: child.stdout })) {
    const question = all[i++]
    if (question === undefined) throw new Error('more answers than questions')
    const { issue, value, contract, type } = question
    const answer = JSON.parse(text) as Record<string, unknown>
    // What is accepted comes back equal, but for members that the contract does not know.
    const again: unknown = 'ok' in answer ? known(value, answer['ok']) : undefined
    if (JSON.stringify(sorted(answer)) !== JSON.stringify(sorted(issue ?? { ok: again })))
      differences.push({ type: `${contract}.${type.id}`, value, typescript: issue ?? 'fits', other: answer })
  }
  expect(differences.slice(0, 6)).toEqual([])
  expect(i).toBe(all.length)
}

/** Expects that enough of the values are refused, and that none of the reasons is left out. */
function expectEnough(all: readonly Question[]): void {
  const sentences = all.flatMap(({ issue }) => (issue === undefined ? [] : [issue.message]))
  expect(sentences.length / all.length, 'enough of them are refused').toBeGreaterThan(0.4)
  const said = [...new Set(sentences)].join('\n')
  for (const each of everySentence) expect(said).toContain(each)
}

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
