import { RegExpParser, type AST } from '@eslint-community/regexpp'

/**
 * A pattern as a program for a machine that follows all ways at once, one code point after the other: linear time in
 * every language. Patterns search: they match anywhere in a text unless they say `^` and `$`.
 */
export interface PatternProgram {
  steps: readonly PatternStep[]
  /** Code points, as bounds: from each first (inclusive) to each second (exclusive), ascending. */
  classes: readonly (readonly number[])[]
}
export type PatternStep =
  | { op: 'take'; class: number; next: number }
  | { op: 'split'; next: number; other: number }
  /** Only at the start of the text. */
  | { op: 'start'; next: number }
  /** Only at its end. */
  | { op: 'end'; next: number }
  | { op: 'match' }

/** More would make generated code large and matching slow. */
const mostSteps = 2000

/** Why a pattern cannot be matched; its message says what to write instead. */
class PatternError extends Error {}

/** The program of a pattern, or why there is none. */
export function compilePattern(pattern: string): PatternProgram | { fault: string } {
  try {
    return new Compiler().compile(parsePattern(pattern))
  } catch (error) {
    if (error instanceof PatternError) return { fault: error.message }
    return {
      fault: `is not a regular expression with the flag u (${error instanceof Error ? error.message : String(error)})`,
    }
  }
}

/** The parts of a pattern; throws if it is none. */
export const parsePattern = (pattern: string): AST.Pattern =>
  new RegExpParser({ ecmaVersion: 2024 }).parsePattern(pattern, 0, pattern.length, { unicode: true })

class Compiler {
  private readonly steps: PatternStep[] = []
  private readonly classes: number[][] = []
  private readonly classByText = new Map<string, number>()

  compile(pattern: AST.Pattern): PatternProgram {
    const match = this.add({ op: 'match' })
    const first = this.alternatives(pattern.alternatives, match)
    // The first step is where the machine starts.
    return { steps: [...this.steps, { op: 'split', next: first, other: first }], classes: this.classes }
  }

  private add(step: PatternStep): number {
    if (this.steps.length >= mostSteps)
      throw new PatternError(
        `needs more than ${mostSteps} steps; use smaller repetitions, or maxLength beside the pattern`,
      )
    return this.steps.push(step) - 1
  }

  /** Each part is written before what leads to it: it is given the step that follows it and gives its own first one. */
  private alternatives(all: readonly AST.Alternative[], next: number): number {
    const [first, ...others] = all.map(({ elements }) =>
      elements.reduceRight((after, element) => this.element(element, after), next),
    )
    return others.reduce((one, other) => this.add({ op: 'split', next: one, other }), first ?? next)
  }

  private element(element: AST.Element, next: number): number {
    switch (element.type) {
      case 'Group':
      case 'CapturingGroup':
        return this.alternatives(element.alternatives, next)
      case 'Quantifier':
        return this.quantifier(element, next)
      case 'Assertion':
        return this.assertion(element, next)
      case 'Character':
      case 'CharacterSet':
      case 'CharacterClass':
        return this.add({ op: 'take', class: this.classOf(element), next })
      case 'Backreference':
        throw new PatternError(
          'uses a back-reference, which cannot be matched in linear time; say it without',
        )
      default:
        throw new PatternError(
          `uses ${element.raw}, which cannot be matched alike in every language; say it without`,
        )
    }
  }

  private quantifier({ element, min, max }: AST.Quantifier, next: number): number {
    let at = next
    if (max === Infinity) {
      const loop = this.add({ op: 'split', next, other: next })
      this.steps[loop] = { op: 'split', next: this.element(element, loop), other: next }
      at = loop
    } else
      for (let i = min; i < max; i++) {
        // From the last optional copy to the first: each may be left out together with all behind it.
        const inner = this.element(element, at)
        at = this.add({ op: 'split', next: inner, other: next })
      }
    for (let i = 0; i < min; i++) at = this.element(element, at)
    return at
  }

  private assertion(assertion: AST.Assertion, next: number): number {
    if (assertion.kind === 'start' || assertion.kind === 'end') return this.add({ op: assertion.kind, next })
    throw new PatternError(
      assertion.kind === 'word'
        ? 'uses a word boundary, which cannot be matched alike in every language; name the characters around it'
        : 'uses a look-around, which cannot be matched in linear time; say it without',
    )
  }

  private classOf(element: AST.Character | AST.CharacterSet | AST.CharacterClass): number {
    const known = this.classByText.get(element.raw)
    if (known !== undefined) return known
    const bounds =
      element.type === 'Character' ? [element.value, element.value + 1] : classBounds(element.raw)
    const number = this.classes.push(bounds) - 1
    this.classByText.set(element.raw, number)
    return number
  }
}

const boundsByText = new Map<string, number[]>()

/** What a class holds. Asks JavaScript itself, once for each code point: so that no rule of Unicode's is written twice. */
export function classBounds(raw: string): number[] {
  const known = boundsByText.get(raw)
  if (known !== undefined) return known
  const expression = new RegExp(`^${raw}$`, 'u')
  const bounds: number[] = []
  let inside = false
  for (let point = 0; point <= 0x10ffff; point++) {
    // Strings are valid Unicode: half a pair never comes.
    if (point === 0xd800) point = 0xe000
    if (expression.test(String.fromCodePoint(point)) === inside) continue
    bounds.push(point)
    inside = !inside
  }
  if (inside) bounds.push(0x110000)
  boundsByText.set(raw, bounds)
  return bounds
}
