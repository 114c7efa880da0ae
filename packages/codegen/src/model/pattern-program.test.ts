import { describe, expect, it } from 'vitest'
import { compilePattern, type PatternProgram } from './pattern-program.js'

/** The machine that each runtime has, in a few lines. */
function search({ steps, classes }: PatternProgram, text: string): boolean {
  const points = Array.from(text, mark => mark.codePointAt(0) ?? 0)
  const reach = (from: readonly number[], at: number): Set<number> => {
    const reached = new Set<number>()
    const waiting = [...from]
    for (let step = waiting.pop(); step !== undefined; step = waiting.pop()) {
      if (reached.has(step)) continue
      reached.add(step)
      const found = steps[step]
      if (found?.op === 'split') waiting.push(found.next, found.other)
      else if (found?.op === 'start' && at === 0) waiting.push(found.next)
      else if (found?.op === 'end' && at === points.length) waiting.push(found.next)
    }
    return reached
  }
  let now: number[] = []
  for (let at = 0; at <= points.length; at++) {
    const all = reach([...now, steps.length - 1], at)
    now = []
    for (const step of all) {
      const found = steps[step]
      if (found?.op === 'match') return true
      const inside =
        found?.op === 'take' &&
        (classes[found.class] ?? []).filter(bound => bound <= (points[at] ?? -1)).length % 2 === 1
      if (inside) now.push(found.next)
    }
  }
  return false
}

const patterns = [
  '^[a-z]+$',
  'a.c|\\d{2,3}',
  '^(ab)*$',
  '^\\p{L}\\w*\\s?[^x-z]$',
  '',
  '^$',
  '$^',
  'a{0}b?c{2,}',
  '(a|b)*?c',
  '^(?:(a*)*)$',
  '[\\d\\s]',
  '\\u{1F600}',
  '^.$',
  'x^|y',
  '[^]',
  '(?:)*',
]
const texts = [
  '',
  'a',
  'b',
  'ab',
  'abab',
  'aba',
  'abc',
  'a\nc',
  'a😀c',
  '12',
  '1234',
  'cc',
  'bccc',
  'é',
  'éa1 b',
  '😀',
  '\u2028',
  'x',
  'y',
  ' ',
  'ŁÓDŹ',
  'aaaaaaaaaab',
]

describe('a pattern as a program', () => {
  it.each(patterns)('matches as JavaScript does: %s', pattern => {
    const program = compilePattern(pattern)
    if ('fault' in program) throw new Error(program.fault)
    for (const text of texts)
      expect([text, search(program, text)]).toEqual([text, new RegExp(pattern, 'u').test(text)])
  })

  it.each(['(a)\\1', '(?=a)', '(?<!a)', '\\ba', 'a{9999}', '(?<n>a)\\k<n>', '['])('refuses %s', pattern => {
    expect(compilePattern(pattern)).toHaveProperty('fault')
  })
})
