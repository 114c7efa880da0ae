import { parsePattern, PatternError, type Assertion, type PatternNode } from './pattern-syntax.js'

/** A pattern as steps, which a machine follows on all paths at once. */
export interface PatternProgram {
  readonly steps: readonly PatternStep[]
  readonly first: number
  /** Sources of expressions that match one code point. */
  readonly classes: readonly string[]
  /** A step asks for the border of a word. */
  readonly hasWords: boolean
}

export type PatternStep =
  | { readonly op: 'take'; readonly class: number; readonly next: number }
  | { readonly op: 'split'; readonly next: number; readonly other: number }
  | { readonly op: Assertion; readonly next: number }
  | { readonly op: 'match' }

/** Matching may need as many for each code point. */
const mostSteps = 25_000

/** Throws a PatternError for what cannot be matched. */
export function compilePattern(pattern: string): PatternProgram {
  const compiler = new Compiler()
  const match = compiler.add({ op: 'match' })
  const first = compiler.node(parsePattern(pattern), match)
  const { steps, classes } = compiler
  return {
    steps,
    first,
    classes: [...classes.keys()],
    hasWords: steps.some(({ op }) => op === 'word' || op === 'not-word'),
  }
}

/** Each part is given the step that follows it, and returns its own first step. */
class Compiler {
  readonly steps: PatternStep[] = []
  readonly classes = new Map<string, number>()

  add(step: PatternStep): number {
    if (this.steps.length >= mostSteps)
      throw new PatternError(
        `needs more than ${mostSteps} steps; use smaller repetitions, or maxLength beside the pattern`,
      )
    return this.steps.push(step) - 1
  }

  node(node: PatternNode, next: number): number {
    switch (node.kind) {
      case 'point':
        return this.add({ op: 'take', class: this.classOf(node.source), next })
      case 'assertion':
        return this.add({ op: node.where, next })
      case 'sequence':
        return node.parts.reduceRight((after, part) => this.node(part, after), next)
      case 'choice':
        return node.parts
          .map(part => this.node(part, next))
          .reduce((one, other) => this.add({ op: 'split', next: one, other }))
      case 'repeat':
        return this.repeat(node.part, node.min, node.max, next)
    }
  }

  private repeat(part: PatternNode, min: number, max: number, next: number): number {
    let at = next
    if (max === Infinity) {
      at = this.add({ op: 'split', next, other: next })
      this.steps[at] = { op: 'split', next: this.node(part, at), other: next }
    } else
      for (let i = min; i < max; i++) {
        // From the last optional copy to the first: each may be left out together with all behind it.
        const inner = this.node(part, at)
        // A part without steps, as an empty group is.
        if (inner === at) break
        at = this.add({ op: 'split', next: inner, other: next })
      }
    for (let i = 0; i < min; i++) {
      const inner = this.node(part, at)
      if (inner === at) break
      at = inner
    }
    return at
  }

  private classOf(source: string): number {
    const known = this.classes.get(source) ?? this.classes.size
    this.classes.set(source, known)
    return known
  }
}
