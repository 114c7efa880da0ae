/** A pattern, taken apart. Which code points a class has is left to JavaScript's engine. */
export type PatternNode =
  /** One code point, if JavaScript matches it with this source. */
  | { kind: 'point'; source: string }
  | { kind: 'sequence'; parts: readonly PatternNode[] }
  | { kind: 'choice'; parts: readonly PatternNode[] }
  | { kind: 'repeat'; part: PatternNode; min: number; max: number }
  | { kind: 'assertion'; where: Assertion }

export type Assertion = 'start' | 'end' | 'word' | 'not-word'

/** Why a pattern cannot be matched, as the end of a sentence that begins with the pattern. */
export class PatternError extends Error {}

/** Groups inside each other; the parser needs stack for each. */
const deepest = 200

const assertions = new Map<string, Assertion>([
  ['^', 'start'],
  ['$', 'end'],
  ['\\b', 'word'],
  ['\\B', 'not-word'],
])

const anAssertion = /[$^]|\\[bB]/y
const openGroup = /\((?:(?!\?)|\?:|\?<(?![=!])[^>]*>)/y
const lookAround = /\(\?<?[=!]/y
const backReference = /\\[1-9k]/y
/** A code point, an escape (two of them may be the halves of a pair), a class. */
const point =
  /\[(?:\\.|[^\]\\])*\]|\\[pP]\{[^}]*\}|\\u\{[^}]*\}|\\u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|\\u.{4}|\\x..|\\c.|\\.|./suy
const quantifier = /(?:[*+?]|\{\d+(?:,\d*)?\})\??/y

/** Takes a pattern apart that JavaScript accepts with the flag u: its syntax is not checked again. */
export const parsePattern = (pattern: string): PatternNode => new PatternParser(pattern).choice(0)

class PatternParser {
  private readonly pattern: string
  private at = 0

  constructor(pattern: string) {
    this.pattern = pattern
  }

  choice(depth: number): PatternNode {
    if (depth > deepest)
      throw new PatternError(`has more than ${deepest} groups inside each other; flatten it`)
    const parts = [this.sequence(depth)]
    while (this.pattern[this.at] === '|') {
      this.at++
      parts.push(this.sequence(depth))
    }
    return { kind: 'choice', parts }
  }

  private sequence(depth: number): PatternNode {
    const parts: PatternNode[] = []
    while (this.at < this.pattern.length && !'|)'.includes(this.pattern.charAt(this.at)))
      parts.push(this.repeated(this.atom(depth)))
    return { kind: 'sequence', parts }
  }

  private atom(depth: number): PatternNode {
    const where = assertions.get(this.take(anAssertion))
    if (where !== undefined) return { kind: 'assertion', where }
    if (this.pattern[this.at] === '(') return this.group(depth)
    if (this.take(backReference) !== '') throw unlike('a back-reference')
    return { kind: 'point', source: this.take(point) }
  }

  private group(depth: number): PatternNode {
    if (this.take(openGroup) === '')
      throw unlike(this.take(lookAround) === '' ? 'flags of a group' : 'a look-around')
    const inside = this.choice(depth + 1)
    this.at++
    return inside
  }

  private repeated(part: PatternNode): PatternNode {
    const mark = this.take(quantifier)
    if (mark === '') return part
    if (mark.startsWith('{')) {
      const [min = '', max = min] = mark.replace(/[{}?]/g, '').split(',')
      return { kind: 'repeat', part, min: Number(min), max: max === '' ? Infinity : Number(max) }
    }
    return {
      kind: 'repeat',
      part,
      min: mark.startsWith('+') ? 1 : 0,
      max: mark.startsWith('?') ? 1 : Infinity,
    }
  }

  /** Steps over what matches here and returns it; '' if nothing does. */
  private take(expression: RegExp): string {
    expression.lastIndex = this.at
    const found = expression.exec(this.pattern)?.[0] ?? ''
    this.at += found.length
    return found
  }
}

const unlike = (what: string): PatternError =>
  new PatternError(`uses ${what}, which cannot be matched alike in every language; say it without`)
