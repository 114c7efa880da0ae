import { step, stepsOf, unescaped } from '../../contract/contract-json.js'

// JSON Pointers with wildcards: `*` stands for one step, `**` for any number of them.

export const hasWildcards = (pattern: string): boolean => pattern.split('/').some(isWildcard)
const isWildcard = (name: string): boolean => name === '*' || name === '**'

/** Does the pointer fit the pattern? */
export function fitsPath(pattern: string, pointer: string): boolean {
  return fits(pattern.split('/').slice(1), stepsOf(pointer))
}

function fits(pattern: readonly string[], names: readonly string[]): boolean {
  const [first, ...rest] = pattern
  if (first === undefined) return names.length === 0
  if (first === '**') return names.some((_, i) => fits(rest, names.slice(i))) || fits(rest, [])
  const [name, ...others] = names
  return name !== undefined && (first === '*' || unescaped(first) === name) && fits(rest, others)
}

/** All places of a value that a pattern names. */
export function placesOf(value: unknown, pattern: string): string[] {
  const found: string[] = []
  const look = (at: unknown, path: string, rest: readonly string[]): void => {
    const [first, ...more] = rest
    if (first === undefined) {
      found.push(path)
      return
    }
    if (first === '**') look(at, path, more)
    if (typeof at !== 'object' || at === null) return
    for (const [name, inner] of Object.entries(at))
      if (first === '**') look(inner, step(path, name), rest)
      else if (first === '*' || unescaped(first) === name) look(inner, step(path, name), more)
  }
  look(value, '', pattern.split('/').slice(1))
  return [...new Set(found)]
}
