import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

import { messages } from './issue-messages.js'

const page = readFileSync(new URL('../../../../docs/validation.md', import.meta.url), 'utf8')
/** Of the table of sentences: rule and sentence. */
const rows = [...page.matchAll(/^\| `(\w+)` +\| ([^|]+?) +\|/gm)].map(
  ([, rule = '', sentence = '']): [string, string] => [rule, sentence],
)

/** Each sentence with the values that stand for its placeholders. */
const samples: Record<keyof typeof messages, [said: string, filled: Record<string, string>]> = {
  kind: [messages.kind(['string', 'integer', 'null']), { kinds: 'a string, an integer or null' }],
  json: [messages.json(), {}],
  finite: [messages.finite(), {}],
  safeInteger: [messages.safeInteger(), {}],
  const: [messages.const('a"b'), { value: String.raw`"a\"b"` }],
  enum: [messages.enum(['a', 2, null]), { values: '"a", 2, null' }],
  minLength: [messages.minLength(3), { n: '3' }],
  maxLength: [messages.maxLength(3), { n: '3' }],
  pattern: [messages.pattern('^a$'), { pattern: '^a$' }],
  format: [messages.format('date'), { format: 'date' }],
  base64: [messages.base64(), {}],
  minimum: [messages.minimum(1e21), { n: '1e+21' }],
  exclusiveMinimum: [messages.exclusiveMinimum(-0), { n: '0' }],
  maximum: [messages.maximum(0.1), { n: '0.1' }],
  exclusiveMaximum: [messages.exclusiveMaximum(-1), { n: '-1' }],
  multipleOf: [messages.multipleOf(3), { n: '3' }],
  exactItems: [messages.exactItems(2), { n: '2' }],
  minItems: [messages.minItems(2), { n: '2' }],
  maxItems: [messages.maxItems(0), { n: '0' }],
  minProperties: [messages.minProperties(2), { n: '2' }],
  maxProperties: [messages.maxProperties(2), { n: '2' }],
  missing: [messages.missing(), {}],
  unknown: [messages.unknown(), {}],
  key: [messages.key(['^a']), { pattern: '^a' }],
  uniqueItems: [messages.uniqueItems(), {}],
  shapes: [messages.shapes(2), { n: '2' }],
  depth: [messages.depth(), {}],
  cycle: [messages.cycle(), {}],
}

it('docs/validation.md lists every sentence, once, and no other', () => {
  expect(rows.map(([rule]) => rule).sort()).toEqual(Object.keys(messages).sort())
})

it.each(rows)('docs/validation.md has the words of %s', (rule, sentence) => {
  const [said, filled] = samples[rule as keyof typeof messages]
  expect(sentence.replace(/\{(\w+)\}/g, (_, name: string) => filled[name] ?? '?')).toBe(said)
})

it('a count of one takes the singular', () => {
  expect(messages.minLength(1)).toBe('must have at least 1 character')
  expect(messages.exactItems(1)).toBe('must have exactly 1 element')
  expect(messages.maxProperties(1)).toBe('must have at most 1 member')
})

it('a list of one value is that value', () => {
  expect(messages.enum(['a'])).toBe('must be "a"')
})
