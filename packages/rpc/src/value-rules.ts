/** The text as it will be sent: a lone surrogate cannot travel and is replaced by U+FFFD. */
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
