/**
 * RFC 8785: the one text of a JSON value. Members are sorted by UTF-16 code units, as JavaScript sorts; numbers and
 * strings are written as JSON.stringify writes them. What JSON cannot hold must have been rejected before.
 */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = value as Record<string, unknown>
  const names = Object.keys(members)
    .filter(name => members[name] !== undefined)
    .sort()
  return `{${names.map(name => `${JSON.stringify(name)}:${canonical(members[name])}`).join()}}`
}
