import { isWellFormed } from '../json/json-value.js'
import { hasOnePath } from './has-one-path.js'
import { canBeginLater, PatternMatcher } from './pattern-matcher.js'
import { compilePattern } from './pattern-program.js'
import { PatternError } from './pattern-syntax.js'

/**
 * Why a pattern cannot be used, or undefined. Patterns are a regular subset of ECMAScript's, over code points: every
 * language must be able to match them in linear time, so there are no lookarounds and backreferences.
 */
export function patternFault(pattern: unknown): string | undefined {
  if (typeof pattern !== 'string') return 'must be a string: the source of the regular expression'
  if (!isWellFormed(pattern)) return 'has a lone surrogate, which cannot be sent'
  try {
    new RegExp(pattern, 'u')
    compilePattern(pattern)
    return undefined
  } catch (error) {
    if (error instanceof PatternError) return error.message
    return `is not a valid regular expression with the u flag (${error instanceof Error ? error.message : String(error)})`
  }
}

/** A pattern of a contract, ready to be matched. */
class Pattern {
  private readonly source: string
  /** JavaScript's own engine, where it needs no more than linear time. */
  private readonly native: RegExp | undefined
  private matcher: PatternMatcher | undefined

  constructor(source: string) {
    this.source = source
    const program = compilePattern(source)
    if (hasOnePath(program, canBeginLater(program))) this.native = new RegExp(source, 'u')
    else this.matcher = new PatternMatcher(program)
  }

  test(text: string): boolean {
    try {
      if (this.native !== undefined) return this.native.test(text)
    } catch (error) {
      // A repetition over a text of megabytes overflows V8's stack, even if it never goes back.
      if (!(error instanceof RangeError)) throw error
    }
    this.matcher ??= new PatternMatcher(compilePattern(this.source))
    return this.matcher.test(text)
  }
}

// Patterns come from contracts, so there are few of them.
const patterns = new Map<string, Pattern>()

/** Does the text, which must be well-formed, match a contract's pattern somewhere? In linear time. */
export function matchesPattern(pattern: string, text: string): boolean {
  let known = patterns.get(pattern)
  if (known === undefined) patterns.set(pattern, (known = new Pattern(pattern)))
  return known.test(text)
}
