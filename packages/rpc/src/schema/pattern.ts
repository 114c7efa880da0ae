import { isWellFormed } from '../json/json-value.js'

/**
 * Why a pattern cannot be used, or undefined. Patterns are a regular subset of ECMAScript's, over code points: every
 * language must be able to match them in linear time, so there are no lookarounds and backreferences.
 */
export function patternFault(pattern: unknown): string | undefined {
  if (typeof pattern !== 'string') return 'must be a string: the source of the regular expression'
  if (!isWellFormed(pattern)) return 'has a lone surrogate, which cannot be sent'
  try {
    new RegExp(pattern, 'u')
  } catch (error) {
    return `is not a valid regular expression with the u flag (${error instanceof Error ? error.message : String(error)})`
  }
  const beyond = beyondRegular(pattern)
  return beyond === undefined
    ? undefined
    : `uses ${beyond}, which cannot be matched alike in every language; say it without`
}

/** The construct of a valid pattern that no regular language has. */
function beyondRegular(pattern: string): string | undefined {
  let inClass = false
  for (let i = 0; i < pattern.length; i++) {
    const here = pattern[i]
    if (here === '\\') {
      const next = pattern[++i] ?? ''
      if (!inClass && /[1-9k]/.test(next)) return 'a back-reference'
    } else if (here === '[') inClass = true
    else if (here === ']') inClass = false
    else if (here === '(' && !inClass && /^\?<?[=!]/.test(pattern.slice(i + 1, i + 4))) return 'a look-around'
  }
  return undefined
}

const expressions = new Map<string, RegExp>()

/** Does the text, which must be well-formed, match a contract's pattern somewhere? */
export function matchesPattern(pattern: string, text: string): boolean {
  let expression = expressions.get(pattern)
  // Patterns come from contracts, so there are few of them.
  if (expression === undefined) expressions.set(pattern, (expression = new RegExp(pattern, 'u')))
  try {
    return expression.test(text)
  } catch (error) {
    // Nested repetition over a text of megabytes overflows V8's stack. A value must never end the program.
    if (error instanceof RangeError) return false
    throw error
  }
}
