import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { parseAroundStrings } from './parse-long-strings.js'

const long = 'long text, é '.repeat(30_000)

/** Reads a text as JSON.parse does, and says whether it was read around its strings. */
function reads(json: string): boolean {
  const value = parseAroundStrings(json)
  if (value === undefined) return false
  expect(value).toEqual(JSON.parse(json))
  return true
}

describe('A long JSON text', () => {
  it.each([
    ['a string', long],
    ['a string in an array', [1, long, null]],
    ['two strings', [long, long]],
    ['a string in an object', { before: 'é', text: long, after: [1.5, { deep: true }] }],
    ['a string under a name like those of prototypes', JSON.parse(`{"__proto__":"${long}","toString":1}`)],
    ['a string of two-byte characters', { text: '€'.repeat(300_000) }],
    ['a string with surrogate pairs', ['\u{1f600}'.repeat(200_000)]],
  ])('is parsed around %s', (_, value) => {
    expect(reads(JSON.stringify(value))).toBe(true)
  })

  it.each([
    ['is short', '"short"'],
    ['has a name as long as that', `{"${long}":1}`],
    ['has a name and a string as long as that', `{"${long}":"${long}"}`],
    ['has an escape in the string', `["\\n${long}"]`],
    ['has an escape elsewhere', `["\\u0000",${JSON.stringify(long)}]`],
    ['has a control character in the string', `["${long}\u0000"]`],
    ['has many strings', JSON.stringify([long, ...Array.from({ length: 100 }, String)])],
    ['is mostly something else', JSON.stringify([long, ...Array.from({ length: 500_000 }, Number)])],
    ['has no end', `["${long}`],
    ['is none', `["${long}"}`],
    ['has something behind it', `"${long}" 1`],
  ])('is left to JSON.parse if it %s', (_, json) => {
    expect(parseAroundStrings(json)).toBe(undefined)
  })

  it('means the same as to JSON.parse, whatever stands around the string', () => {
    const value = fc.jsonValue({ maxDepth: 3 })
    const cut = fc.constantFrom('', '"', '\\', ',', '}', ']', ' ', '0', '\u0000')
    fc.assert(
      fc.property(value, value, cut, fc.nat(60), (before, after, cut, at) => {
        const whole = JSON.stringify({ before, long, after })
        const few = whole.split('"').length / 2 <= 64
        expect(reads(whole)).toBe(few && !whole.includes('\\'))
        const changed = whole.slice(0, at) + cut + whole.slice(at)
        const read = parseAroundStrings(changed)
        if (read !== undefined) expect(read).toEqual(JSON.parse(changed))
      }),
      { numRuns: 300 },
    )
  })
})
