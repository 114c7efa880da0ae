import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { hasOnePath } from './has-one-path.js'
import { canBeginLater, PatternMatcher } from './pattern-matcher.js'
import { compilePattern } from './pattern-program.js'
import { matchesPattern, patternFault } from './pattern.js'
import { pointRanges } from './point-ranges.js'

const seed = 20_261_127
const linear = (pattern: string): PatternMatcher => new PatternMatcher(compilePattern(pattern))
const isNative = (pattern: string): boolean => {
  const program = compilePattern(pattern)
  return hasOnePath(program, canBeginLater(program))
}

const points = [
  'a',
  'b',
  '1',
  '-',
  '.',
  '\\d',
  '\\D',
  '\\w',
  '\\s',
  '\\S',
  '\\.',
  '\\n',
  '\\x61',
  '\\u0061',
  '\\u{1F600}',
  '\\uD83D\\uDE00',
  '😀',
  '\\p{L}',
  '\\P{L}',
  '\\cJ',
  '[\\0]',
  '[a-b]',
  '[^a]',
  '[^]',
  '[]',
  '[\\d_-]',
  '[\\w.]',
  '[^\\W]',
  '[\\]\\\\]',
  '[!-~]',
  '[😀-😂]',
  '[\\b]',
  '[\\uD83D\\uDE00]',
]
const marks = ['*', '+', '?', '*?', '+?', '??', '{2}', '{0}', '{1,}', '{0,2}', '{2,3}?']
const { pattern } = fc.letrec<{ pattern: string; part: string; atom: string }>(tie => ({
  pattern: fc.oneof(
    { maxDepth: 4 },
    fc.array(tie('part'), { maxLength: 4 }).map(parts => parts.join('')),
    fc.tuple(tie('pattern'), tie('pattern')).map(both => both.join('|')),
    fc.array(tie('part'), { maxLength: 3 }).map(parts => `^${parts.join('')}$`),
  ),
  part: fc.oneof(
    { weight: 4, arbitrary: tie('atom') },
    { weight: 3, arbitrary: fc.tuple(tie('atom'), fc.constantFrom(...marks)).map(both => both.join('')) },
    { weight: 1, arbitrary: fc.constantFrom('^', '$', '\\b', '\\B') },
  ),
  atom: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(...points),
    fc.tuple(fc.constantFrom('(', '(?:'), tie('pattern')).map(([open, inside]) => `${open}${inside})`),
  ),
}))
const text = fc
  .array(fc.constantFrom('a', 'b', '1', '-', '.', ' ', '\n', '😀', 'é', '_', ']', '\0', '\b', '\u2028'), {
    maxLength: 8,
  })
  .map(all => all.join(''))

describe('A pattern', () => {
  it('matches what JavaScript matches, by tables and by its own engine', () => {
    fc.assert(
      fc.property(pattern, fc.array(text, { minLength: 1, maxLength: 6 }), (source, texts) => {
        const [native, tables] = [new RegExp(source, 'u'), linear(source)]
        for (const one of texts) {
          const expected = [one, native.test(one)]
          expect([one, tables.test(one)]).toEqual(expected)
          // Once more, where the tables are filled.
          expect([one, tables.test(one)]).toEqual(expected)
          expect([one, matchesPattern(source, one)]).toEqual(expected)
        }
      }),
      { seed, numRuns: 3000 },
    )
  })

  it.each(points.filter(source => pointRanges(source) !== undefined))('knows what %s has', source => {
    const ranges = pointRanges(source) ?? []
    const expression = new RegExp(`^${source}$`, 'u')
    for (let point = 0; point < 0x1_f700; point = point === 0xd7ff ? 0xe000 : point + 1) {
      const isInside = ranges.some(([first, last]) => first <= point && point <= last)
      if (isInside !== expression.test(String.fromCodePoint(point)))
        expect.unreachable(`${source} at ${point}`)
    }
  })

  it.each([
    ['^(a+)+$', 'a', '!'],
    ['^(a|a)*b$', 'a', ''],
    ['^(a|aa)+$', 'a', 'b'],
    ['(x+x+)+y', 'x', ''],
    ['^(.*a){12}$', 'a', '\n'],
    ['(?:\\b|a)+$', 'a', ' '],
    ['^(?:a|b)*a(?:a|b){11}$', 'ab', '!'],
    ['[a-z]*1', 'a', ''],
  ])('%s is matched in linear time', (source, repeated, end) => {
    expect(isNative(source)).toBe(false)
    const work = (count: number): number => {
      const matcher = linear(source)
      expect(matcher.test(repeated.repeat(count) + end)).toBe(false)
      return matcher.work + count
    }
    expect(work(8000) / work(2000)).toBeLessThan(4.5)
    expect(matchesPattern(source, repeated.repeat(20_000) + end)).toBe(false)
  })

  it('is matched in linear time after texts that needed more places than are remembered', () => {
    const matcher = linear('^(?:a|b)*a(?:a|b){14}$')
    let bits = 1
    const random = Array.from({ length: 20_000 }, () => {
      bits = (bits * 48_271) % 0x7fff_ffff
      return bits % 2 === 0 ? 'a' : 'b'
    }).join('')
    matcher.test(`${random}!`)
    const before = matcher.work
    expect(matcher.test('b'.repeat(20_000))).toBe(false)
    expect(matcher.work - before).toBeLessThan(2000)
  })

  it.each([
    '^[a-z]+$',
    '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{12}$',
    '^[A-Za-z_][A-Za-z0-9_]*$',
    '^.{1,5000}$',
    '^(?:[a-z]+\\.)*\\d+$',
    '^#[0-9a-fA-F]{6}$',
    'foo',
    '@',
    '^$',
    '',
  ])('%s is left to JavaScript’s engine, which is faster', source => {
    expect(isNative(source)).toBe(true)
  })

  it.each(['^a?a$', '^(?:a|ab)$', 'a*', '^(?:a?)*$', '^a*\\s', '^(?:|)$', '^[a-z]*z$'])(
    '%s is not, since paths meet or nobody knows',
    source => {
      expect(isNative(source)).toBe(false)
    },
  )

  it('matches a text of megabytes, on which JavaScript’s engine runs out of stack', () => {
    expect(matchesPattern('^(?:[a-z][0-9])*$', 'a1'.repeat(5_000_000))).toBe(true)
    expect(matchesPattern('^(a|b|c)*$', 'abc'.repeat(1_000_000))).toBe(true)
  })

  it.each([
    ['(', 'is not a valid regular expression with the u flag'],
    ['(a)\\1', 'uses a back-reference, which cannot be matched alike in every language; say it without'],
    ['(?<n>a)\\k<n>', 'uses a back-reference, which'],
    ['(?=a)', 'uses a look-around, which'],
    ['a(?<!b)', 'uses a look-around, which'],
    [
      '(?:(?:a{100}){100}){100}',
      'needs more than 25000 steps; use smaller repetitions, or maxLength beside the pattern',
    ],
    [`${'('.repeat(300)}${')'.repeat(300)}`, 'has more than 200 groups inside each other; flatten it'],
    ['\ud800', 'has a lone surrogate'],
    [1, 'must be a string'],
  ])('%s is refused with a sentence', (source, why) => {
    expect(patternFault(source)).toContain(why)
  })

  it.each(['(?<name>a)', '[(?=]', '\\(\\?=', '(?:)*', '\\bword\\b'])('%s is accepted', source => {
    expect(patternFault(source)).toBeUndefined()
  })
})
