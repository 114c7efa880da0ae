import { stepsOf } from '../../contract/contract-json.js'

/** The steps that say where a schema is rather than what it is. */
const structural: ReadonlySet<string> = new Set([
  'components',
  'schemas',
  '$defs',
  'definitions',
  'properties',
  'schema',
  '$files',
])

/** The name of the type at a pointer: a word that every language can make a name of. */
export function typeName(pointer: string): string {
  const names = stepsOf(pointer)
  const told = names.filter((name, i) => i === names.length - 1 || !structural.has(name))
  const name = told
    .join('_')
    .replace(/[^\p{L}\p{N}_$]+/gu, '_')
    .replace(/(?<=.)_+$/u, '')
  const whole = pointer === '' ? 'Root' : name === '' ? 'Unnamed' : name
  return /^[\p{L}_$]/u.test(whole) && !(whole in Object.prototype) ? whole : `_${whole}`
}
