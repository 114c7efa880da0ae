import { needsNoEscape } from './needs-escape.js'
import { longText } from './text-size.js'

/** A message with a long string has little else. */
const mostStrings = 64
/** Begins what takes a long string's place: no string without an escape can begin like this. */
const mark = '\u0000'

/**
 * Parses a JSON text that is long because of a long string or a few: they are cut out, and only the rest is parsed.
 * Undefined for any other text, and for what cannot be read this way: JSON.parse has the last word.
 */
export function parseAroundStrings(json: string): unknown {
  if (json.length < longText) return undefined
  const strings: string[] = []
  let rest = ''
  let restFrom = 0
  let open = json.indexOf('"')
  for (let count = 0; open >= 0; count++) {
    const close = json.indexOf('"', open + 1)
    if (close < 0 || count === mostStrings) return undefined
    if (close - open > longText) {
      const string = json.slice(open + 1, close)
      if (!needsNoEscape(string)) return undefined
      // A string keeps alive the whole text that it is cut from, which must be worth it.
      if (string.length * 4 < json.length) return undefined
      rest += `${json.slice(restFrom, open)}"\\u0000${strings.length}`
      strings.push(string)
      restFrom = close
    } else if (json.slice(open, close).includes('\\')) return undefined
    open = json.indexOf('"', close + 1)
  }
  if (strings.length === 0) return undefined
  try {
    return filled(JSON.parse(rest + json.slice(restFrom)), strings)
  } catch {
    return undefined
  }
}

/** A parsed value with the long strings in their places. */
function filled(value: unknown, strings: readonly string[]): unknown {
  if (typeof value === 'string') return value.startsWith(mark) ? strings[Number(value.slice(1))] : value
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) value[index] = filled(value[index], strings)
    return value
  }
  const members = value as Record<string, unknown>
  for (const name of Object.keys(members)) {
    if (name.startsWith(mark)) throw new RangeError('A name is as long as that')
    members[name] = filled(members[name], strings)
  }
  return members
}
