import { lineLength } from './facts.js'
import { key, quoted } from './text.js'

/** JSON as JavaScript writes it; `before` stands in front of it and `after` behind it, the whole at `column`. */
export function literalLines(before: string, value: unknown, after: string, column: number): string[] {
  const whole = before + flat(value) + after
  const fits = column + whole.length <= lineLength
  if (typeof value !== 'object' || value === null)
    return fits || before === '' ? [whole] : [before.trimEnd(), `  ${flat(value)}${after}`]
  if (fits && !isMatrix(value)) return [whole]
  const inner = column + 2
  const [open, parts, close] = Array.isArray(value)
    ? [
        '[',
        isNumbers(value)
          ? filled(value.map(scalar), inner)
          : value.map((item: unknown) => literalLines('', item, ',', inner)),
        ']',
      ]
    : [
        '{',
        Object.entries(value).map(([name, item]) => literalLines(`${member(name)}: `, item, ',', inner)),
        '}',
      ]
  return [before + open, ...parts.flat().map(line => `  ${line}`), close + after]
}

const isNumbers = (items: readonly unknown[]): boolean =>
  items.length > 1 && items.every(item => typeof item === 'number')

/** As many on a line as there is room for. */
function filled(items: readonly string[], column: number): string[] {
  const out: string[] = []
  for (const item of items) {
    const last = out.at(-1)
    if (last !== undefined && column + `${last} ${item},`.length <= lineLength)
      out[out.length - 1] = `${last} ${item},`
    else out.push(`${item},`)
  }
  return out
}

/** A list of objects, or of lists, with more than one part each is easier to read with one of them per line. */
function isMatrix(value: object): boolean {
  const inside: unknown[] = Array.isArray(value) ? value : Object.values(value)
  if (!Array.isArray(value))
    return inside.some(item => typeof item === 'object' && item !== null && isMatrix(item))
  const isLarge = (item: unknown, list: boolean): boolean =>
    typeof item === 'object' && item !== null && Array.isArray(item) === list && Object.keys(item).length > 1
  if (inside.length > 1 && [true, false].some(list => inside.every(item => isLarge(item, list)))) return true
  return inside.some(item => typeof item === 'object' && item !== null && isMatrix(item))
}

function flat(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flat).join(', ')}]`
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(([name, item]) => `${member(name)}: ${flat(item)}`)
    return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`
  }
  return scalar(value)
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
  if (name === '__proto__') return "['__proto__']"
  return Object.hasOwn(Object.prototype, name) ? `[${quoted(name)} as string]` : key(name)
}
