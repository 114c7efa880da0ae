import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { compareRandomly } from '../support/agreement.js'
import { imported, judged } from '../support/imported-schema.js'
import { repository } from '../support/paths.js'
import { Random } from '../support/random.js'
import { randomDocument } from '../support/random-json-schema.js'
import { typed } from '../support/typed-schema.js'

it('an imported schema accepts what the JSON Schema accepts, or it is refused', { timeout: 60_000 }, () => {
  const found = compareRandomly(20_261_127, 800)
  expect(found.disagreements).toEqual([])
  // It would be easy to refuse everything, or to try values that always fit.
  expect(found.accepted).toBeGreaterThan(150)
  expect(found.fitting).toBeGreaterThan(1000)
  expect(found.unfitting).toBeGreaterThan(1000)
})

it('a document that is broken anywhere is refused or read, and ends no import', { timeout: 60_000 }, () => {
  let refused = 0
  for (let seed = 1; seed <= 400; seed++) {
    const random = new Random(seed)
    const document = broken(randomDocument(random, '2020-12'), random)
    // It throws if what is thrown is no refusal.
    if (typeof imported(document as object) === 'string') refused++
  }
  expect(refused).toBeGreaterThan(100)
})

/** The document with something else somewhere in it. */
function broken(value: unknown, random: Random): unknown {
  if (typeof value !== 'object' || value === null) return random.pick(junk)
  const names = Object.keys(value)
  if (names.length === 0) return random.pick(junk)
  const name = random.pick(names)
  const copy = structuredClone(value) as Record<string, unknown>
  const inner = copy[name]
  copy[name] = random.chance(0.35) ? random.pick(junk) : broken(inner, random)
  return copy
}
const junk = [
  null,
  true,
  0,
  -1,
  1.5,
  'x',
  [],
  [null],
  {},
  { type: null },
  [[]],
  { $ref: 5 },
  { $ref: '#/nowhere' },
]

// ---- the test suite of JSON Schema ----------------------------------------------------------------------------------

interface Group {
  description: string
  schema: unknown
  tests: { description: string; data: unknown; valid: boolean }[]
}
type Suite = Record<string, Group[]>

const suite = (name: string): Suite =>
  JSON.parse(
    readFileSync(
      path.join(repository, 'packages/codegen/test/data/json-schema-test-suite', `${name}.json`),
      'utf8',
    ),
  ) as Suite

/** What the other implementation cannot be asked: it has faults of its own there, which the suite's own verdicts show. */
const isUnjudged = (title: string, draft: string): boolean =>
  title.includes('Javascript object property names') ||
  (draft === 'draft-07' && /^ref: .*\b(overrides|prevents)\b/u.test(title))

/** Where a contract says more on purpose: base64 is bytes, which must be some. */
const isDifferent = (title: string): boolean => /^content: .*binary/u.test(title)

/** The draft that the test is of; newer ones say it themselves. */
const inDraft = (schema: object, draft: string): object =>
  draft === 'draft-07' ? { $schema: 'http://json-schema.org/draft-07/schema#', ...schema } : schema

describe.each([
  ['draft7', 'draft-07', 55],
  ['draft2020-12', '2020-12', 55],
] as const)('the required tests of %s', (name, draft, least) => {
  const groups = Object.entries(suite(name)).flatMap(([file, groups]) =>
    groups.map(group => ({ ...group, title: `${file}: ${group.description}` })),
  )

  it('are passed, or the schema is refused', () => {
    const accepted: string[] = []
    const wrong: string[] = []
    for (const { title, schema, tests } of groups) {
      const ours =
        typeof schema === 'object' && schema !== null ? imported(inDraft(schema, draft)) : 'is no document'
      if (typeof ours === 'string') continue
      accepted.push(title)
      for (const { description, data, valid } of tests)
        if (ours(data) !== valid) wrong.push(`${title}: ${description}`)
    }
    expect(wrong).toEqual([])
    expect(accepted.length).toBeGreaterThan(least)
  })

  it('are judged alike when the schemas say their types', () => {
    let accepted = 0
    const wrong: string[] = []
    for (const { title, schema, tests } of groups) {
      const document = typed(schema)
      if (typeof document !== 'object' || document === null) continue
      if (isDifferent(title) || isUnjudged(title, draft)) continue
      const ours = imported(inDraft(document, draft))
      const theirs = judged(document, draft)
      if (typeof ours === 'string' || theirs === undefined) continue
      accepted++
      for (const { description, data } of tests)
        if (ours(data) !== theirs(data)) wrong.push(`${title}: ${description}: ${JSON.stringify(document)}`)
    }
    expect(wrong).toEqual([])
    expect(accepted).toBeGreaterThan(least)
  })
})
