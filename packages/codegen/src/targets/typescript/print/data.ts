import {
  brokenGroup,
  fill,
  group,
  ifBroken,
  indent,
  softLine,
  line,
  type Doc,
} from '../../../print/document.js'
import { assigned, assignedBelow, isShortHead, listed } from './layout.js'
import { propertyName, quoted } from '../../../print/javascript-text.js'

/** JSON as JavaScript writes it. */
export function dataDoc(value: unknown): Doc {
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value
    if (items.length > 1 && items.every(item => typeof item === 'number'))
      return group('[', indent(softLine, fill(items.map(scalar)), ifBroken(',')), softLine, ']')
    const doc = listed('[', items.map(dataDoc), ']')
    return isMatrix(items) ? brokenGroup(doc) : group(doc)
  }
  if (typeof value === 'object' && value !== null)
    return objectDoc(Object.entries(value).map(([name, item]) => memberDoc(name, item)))
  return scalar(value)
}

export const objectDoc = (members: readonly Doc[]): Doc => group(listed('{', members, '}', line))

function memberDoc(name: string, value: unknown): Doc {
  const head = `${member(name)}:`
  if (isShortHead(head) || typeof value === 'boolean' || (typeof value === 'number' && value >= 0))
    return [head, ' ', dataDoc(value)]
  return typeof value === 'string' ? assignedBelow(head, quoted(value)) : assigned(head, dataDoc(value))
}

/** A member whose value is code. */
export function codeMember(name: string, value: Doc): Doc {
  const head = `${propertyName(name)}:`
  return isShortHead(head) ? [head, ' ', value] : assigned(head, value)
}

/** A list of objects, or of lists, with more than one part each is easier to read with one of them per line. */
function isMatrix(items: readonly unknown[]): boolean {
  const isLarge = (item: unknown, list: boolean): boolean =>
    typeof item === 'object' && item !== null && Array.isArray(item) === list && Object.keys(item).length > 1
  return items.length > 1 && [true, false].some(list => items.every(item => isLarge(item, list)))
}

/** A literal, of a value that JSON has. */
export function scalar(value: unknown): string {
  if (typeof value === 'string') return quoted(value)
  return typeof value === 'number' ? String(value === 0 ? 0 : value).replace('e+', 'e') : String(value)
}

/**
 * Written out, `__proto__: x` would be no member; and of a name that every object has, the compiler would look for the
 * type there and not among the members.
 */
const member = (name: string): string => {
  const isInherited = name !== '__proto__' && Object.hasOwn(Object.prototype, name)
  return isInherited ? `[${quoted(name)} as string]` : propertyName(name)
}
