import { withoutLoneSurrogates } from './message.js'

/** How deep arrays and objects may lie in one another, the message itself counted. */
export const maxDepth = 100

export type ReadFault = 'not-json' | 'too-deep' | 'overflow'

/** A JSON text, read by the rules of the protocol (sections 2 and 10); or why it cannot be read. */
export type Read =
  { value: unknown; fault?: undefined } | { value?: undefined; fault: ReadFault; why: string }

export function readJson(text: string): Read {
  let value: unknown
  try {
    value = JSON.parse(text.includes('\\u') ? withoutLoneSurrogates(text) : text)
  } catch (error) {
    return { fault: 'not-json', why: (error as Error).message }
  }
  return typeof value === 'object' && value !== null ? judge(value) : { value }
}

function judge(value: object): Read {
  const fault = faultIn(value, 1)
  if (fault === undefined) return { value }
  const why =
    fault === 'too-deep' ? `it is nested deeper than ${maxDepth}` : 'a number in it overflows a double'
  return { fault, why }
}

/** Looks at every value once. Minus zero becomes zero on the way. */
function faultIn(value: object, depth: number): ReadFault | undefined {
  if (depth > maxDepth) return 'too-deep'
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
    else if (value - value !== 0) return 'overflow'
    return undefined
  }
  return typeof value === 'object' && value !== null ? faultIn(value, depth + 1) : undefined
}
