import { step } from './contract-json.js'

/**
 * The places of a contract, as JSON Pointers, where `Type.Refine` adds a rule: a function, which other languages
 * do not have.
 */
export function refineRules(spec: unknown): string[] {
  const found: string[] = []
  const above = new Set<object>()
  const look = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null || above.has(value)) return
    above.add(value)
    if (Object.hasOwn(value, '~refine')) found.push(path)
    for (const [name, inner] of Object.entries(value)) look(inner, step(path, name))
    above.delete(value)
  }
  look(spec, '')
  return found
}
