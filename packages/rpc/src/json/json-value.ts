/** The text as it will be sent: a lone surrogate cannot be sent and is replaced by U+FFFD. */
export const wellFormed = (text: string): string =>
  lone.test(text) ? text.replace(everyLone, '\ufffd') : text
/** Has every surrogate its other half? */
export const isWellFormed = (text: string): boolean => !lone.test(text)
const lone = /\p{Surrogate}/u
const everyLone = /\p{Surrogate}/gu

/** The names of an object's members as JSON writes them: its own, enumerable, and not undefined. */
export const memberNames = (value: Readonly<Record<string, unknown>>): string[] =>
  Object.keys(value).filter(name => value[name] !== undefined)

/** Are two elements the same JSON value? Order of members does not count, nor does the sign of zero. */
export function hasEqualElements(values: readonly unknown[]): boolean {
  return new Set(values.map(value => sameText(value))).size !== values.length
}

/** Two JSON values are equal exactly if these texts are. */
function sameText(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(wellFormed(value))
  if (Array.isArray(value)) return `[${Array.from(value, sameText).join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value === undefined ? null : value)
  const members = value as Record<string, unknown>
  const names = memberNames(members).sort()
  return `{${names.map(name => `${JSON.stringify(wellFormed(name))}:${sameText(members[name])}`).join()}}`
}

/** Containers inside each other, at most; the number is part of the protocol. */
export const maxDepth = 100

/** Is a value nested deeper than the protocol allows, or endlessly? Loops, since this runs for every deep value. */
export function isTooDeep(value: unknown, left = maxDepth): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (left === 0) return true
  if (Array.isArray(value)) {
    for (const element of value) if (isTooDeep(element, left - 1)) return true
    return false
  }
  const members = value as Record<string, unknown>
  for (const name in members) if (isTooDeep(members[name], left - 1)) return true
  return false
}

/** Is something else written in the object's place, as for a Date? Then what is sent is not what was checked. */
export const hasToJSON = (value: object): boolean => 'toJSON' in value && typeof value.toJSON === 'function'

/**
 * Does JSON write nothing of what the object holds, or only its bytes as members? So it is with a Map, a Set, a RegExp, a
 * typed array, and every instance of a class without members of its own. `__proto__` is the fast test, see isPlain
 * of compiler-schema.
 */
export function isLossyAsJson(value: object): boolean {
  if ((value as { __proto__: unknown }).__proto__ === Object.prototype) return false
  const prototype = Object.getPrototypeOf(value) as object | null
  // Without any, or with that of another realm's objects.
  if (prototype === null || Object.getPrototypeOf(prototype) === null) return false
  return ArrayBuffer.isView(value) || Object.keys(value).length === 0
}

/** Can JSON hold the value as it is? Not NaN, bigints, functions, undefined elements, or what is written differently or lost. */
export function isJson(value: unknown, left = maxDepth): boolean {
  if (typeof value === 'number') return Number.isFinite(value)
  if (typeof value !== 'object' || value === null)
    return typeof value === 'string' || typeof value === 'boolean' || value === null
  if (left === 0) return false
  // A loop over values sees the holes, too.
  if (Array.isArray(value)) {
    for (const element of value) if (!isJson(element, left - 1)) return false
    return true
  }
  if (hasToJSON(value) || isLossyAsJson(value)) return false
  const members = value as Record<string, unknown>
  for (const name of Object.keys(members)) {
    const member = members[name]
    if (member !== undefined && !isJson(member, left - 1)) return false
  }
  return true
}

/** UTF-16's order differs from that of code points where surrogates meet U+E000 and above. */
export function byCodePoint(a: string, b: string): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)]
    if (x !== y) return rank(x) - rank(y)
  }
  return a.length - b.length
}
const rank = (unit: number): number => (unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800)
