import { printable } from './printable.js'

/** A wrong argument in a few words: what it is, and where that is short, its value. */
export function describeValue(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  switch (typeof value) {
    case 'undefined':
    case 'boolean':
    case 'number':
      return String(value)
    case 'string':
      return `'${printable(value, 100)}'`
    case 'object':
      return 'an object'
    default:
      return `a ${typeof value}`
  }
}
