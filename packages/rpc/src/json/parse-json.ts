import { maxDepth } from './json-value.js'
import { parseAroundStrings } from './parse-long-strings.js'
import { withoutLoneSurrogates } from './to-json.js'

/** Why a JSON text cannot be read. */
export class ReadFault {
  readonly reason: 'not-json' | 'too-deep' | 'overflow'
  /** A sentence's end: `it is …`. */
  readonly why: string

  constructor(reason: ReadFault['reason'], why: string) {
    this.reason = reason
    this.why = why
  }
}

const tooDeep = new ReadFault('too-deep', `it is nested deeper than ${maxDepth}`)
const overflow = new ReadFault('overflow', 'a number in it overflows a double')

/** Parses a JSON text by the rules of the protocol (sections 2 and 10). Returns a ReadFault where it cannot be read. */
export function readJson(text: string): unknown {
  let value: unknown
  try {
    value = text.includes('\\u') ? JSON.parse(withoutLoneSurrogates(text)) : parse(text)
  } catch (error) {
    return new ReadFault('not-json', (error as Error).message)
  }
  return typeof value === 'object' && value !== null ? (faultInMessage(value) ?? value) : value
}

/** JSON.parse, but long strings are cut out before. */
export const parse = (json: string): unknown => parseAroundStrings(json) ?? JSON.parse(json)

/** Of a message only the members that are passed on are examined: this runs for every message. */
function faultInMessage(value: object): ReadFault | undefined {
  if (Array.isArray(value)) return faultIn(value, 1)
  const message = value as Record<string, unknown>
  return faultOf(message, 'params', 1) ?? faultOf(message, 'result', 1) ?? faultOf(message, 'error', 1)
}

/** Looks at every value once. Minus zero becomes zero on the way. */
export function faultIn(value: object, depth: number): ReadFault | undefined {
  if (depth > maxDepth) return tooDeep
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      const fault = faultOf(value as unknown as Record<number, unknown>, index, depth)
      if (fault !== undefined) return fault
    }
    return undefined
  }
  // A parsed object's members are its own; `__proto__` is one like any other.
  for (const key in value) {
    const fault = faultOf(value as Record<string, unknown>, key, depth)
    if (fault !== undefined) return fault
  }
  return undefined
}

function faultOf(
  parent: Record<string | number, unknown>,
  key: string | number,
  depth: number,
): ReadFault | undefined {
  const value = parent[key]
  if (typeof value === 'number') {
    if (value === 0) parent[key] = 0
    else if (value - value !== 0) return overflow
    return undefined
  }
  return typeof value === 'object' && value !== null ? faultIn(value, depth + 1) : undefined
}
