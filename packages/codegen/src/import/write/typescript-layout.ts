// TypeScript expressions laid out over lines as a person would: on one line where that fits, else one part a line.
import { widthOf } from '../../print/text-width.js'

export type Code = string | List | Call | Member | Lines
/** `[a, b]` or `{ a, b }`; `open` always goes over several lines. */
interface List {
  kind: 'list'
  brackets: '[]' | '{}'
  items: readonly Code[]
  open: boolean
}
interface Call {
  kind: 'call'
  name: string
  args: readonly Code[]
}
interface Member {
  kind: 'member'
  name: string
  value: Code
}
/** A text of several lines: one quoted part for each. */
interface Lines {
  kind: 'lines'
  parts: readonly string[]
}

const width = 110

export const array = (items: readonly Code[]): Code => ({ kind: 'list', brackets: '[]', items, open: false })
export const object = (items: readonly Code[], open = false): Code => ({
  kind: 'list',
  brackets: '{}',
  items,
  open: open && items.length > 0,
})
export const call = (name: string, ...args: readonly Code[]): Code => ({ kind: 'call', name, args })
export const member = (name: string, value: Code): Code => ({ kind: 'member', name: memberName(name), value })

/** A quoted text, over several lines where it has some. */
export function text(value: string): Code {
  const parts = value.split(/(?<=\n)(?=[^\n])/)
  return value.length > 60 && parts.length > 1 ? { kind: 'lines', parts: parts.map(quoted) } : quoted(value)
}

/** A JSON value, none of whose members is left out. */
export function json(value: unknown): Code {
  if (Array.isArray(value)) return array(value.map(json))
  if (typeof value === 'object' && value !== null)
    return object(Object.entries(value).map(([name, inner]) => member(name, json(inner))))
  return typeof value === 'string' ? quoted(value) : numeral(value)
}

const numeral = (value: unknown): string => String(value).replace('e+', 'e')

/** In the quotes that need fewer backslashes, single ones if that makes no difference. */
export function quoted(value: string): string {
  const inside = JSON.stringify(value)
    .slice(1, -1)
    .replace(
      /[\u2028\u2029\u007f-\u009f\ufeff]/g,
      mark => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`,
    )
  const plain = inside.replaceAll('\\"', '"')
  const count = (mark: string): number => plain.split(mark).length
  return count("'") > count('"') ? `"${inside}"` : `'${plain.replaceAll("'", "\\'")}'`
}

/** In brackets where a literal would set the prototype instead. */
function memberName(name: string): string {
  if (name === '__proto__') return "['__proto__']"
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) ? name : quoted(name)
}

/** The lines of an expression that stands at `indent`, behind `used` columns and before `after`. */
export function laidOut(code: Code, indent = 0, used = indent, after = 0): string {
  const flat = flatText(code)
  if (flat !== undefined && used + widthOf(flat) + after <= width) return flat
  const inner = indent + 2
  const pad = `\n${' '.repeat(inner)}`
  const end = `\n${' '.repeat(indent)}`
  const each = (items: readonly Code[]): string =>
    items.map(item => `${pad}${laidOut(item, inner, inner, 1)},`).join('')
  if (typeof code === 'string') return code
  switch (code.kind) {
    case 'lines':
      return code.parts.join(` +\n${' '.repeat(indent)}`)
    case 'member': {
      const head = `${code.name}:`
      if (!isText(code.value) && !isShortCall(code.value))
        return `${head} ${laidOut(code.value, indent, used + head.length + 1, after)}`
      return `${head}${pad}${laidOut(code.value, inner, inner, after)}`
    }
    case 'list': {
      const items = isNumbers(code.items)
        ? filled(code.items, inner)
            .map(line => pad + line)
            .join('')
        : each(code.items)
      return `${code.brackets.charAt(0)}${items}${end}${code.brackets.charAt(1)}`
    }
    case 'call': {
      const [last, ...others] = code.args.toReversed()
      if (last === undefined) return `${code.name}()`
      const before = others.toReversed().map(flatText)
      const head = `${code.name}(${before.map(each => `${each ?? ''}, `).join('')}`
      // The last argument alone goes over lines, unless another one looks the same.
      const isHuggable = isList(last) && !(isList(others[0]) && others[0].brackets === last.brackets)
      if (isHuggable && !before.includes(undefined) && used + head.length < width)
        return `${head}${laidOut(last, indent, used + head.length, after + 1)})`
      return `${code.name}(${each(code.args)}${end})`
    }
  }
}

const isNumbers = (items: readonly Code[]): items is readonly string[] =>
  items.length > 1 && items.every(item => typeof item === 'string' && /^-?\d/.test(item))

/** As many on a line as there is room for. */
function filled(items: readonly string[], column: number): string[] {
  const lines: string[] = []
  for (const item of items) {
    const last = lines.at(-1)
    const more = `${last ?? ''} ${item},`
    if (last !== undefined && column + more.length <= width) lines[lines.length - 1] = more
    else lines.push(`${item},`)
  }
  return lines
}

/** A text goes to the next line as a whole where there is no room for it behind its name. */
const isText = (code: Code): boolean =>
  typeof code === 'string' ? /^['"]/.test(code) : code.kind === 'lines'

/** A call in which there is no good place for a line's end goes to the next line as a whole, too. */
const isShortCall = (code: Code): boolean =>
  typeof code === 'object' &&
  code.kind === 'call' &&
  (code.args.length === 0 || (code.args.length === 1 && code.args.every(isShortArgument)))

const isShortArgument = (code: Code): boolean =>
  typeof code === 'string' ? code.length <= width / 4 : isList(code) && code.items.length === 0

const isList = (code: Code | undefined): code is List => typeof code === 'object' && code.kind === 'list'

/** On one line; undefined if it must not stand on one. */
function flatText(code: Code): string | undefined {
  if (typeof code === 'string') return code
  const all = (items: readonly Code[]): string | undefined => {
    const texts = items.map(flatText)
    return texts.includes(undefined) ? undefined : texts.join(', ')
  }
  switch (code.kind) {
    case 'lines':
      return code.parts.join(' + ')
    case 'member': {
      const value = flatText(code.value)
      return value === undefined ? undefined : `${code.name}: ${value}`
    }
    case 'list': {
      const inside = code.open ? undefined : all(code.items)
      if (inside === undefined) return undefined
      if (code.items.length === 0) return code.brackets
      return code.brackets === '[]' ? `[${inside}]` : `{ ${inside} }`
    }
    case 'call': {
      const inside = all(code.args)
      return inside === undefined ? undefined : `${code.name}(${inside})`
    }
  }
}
