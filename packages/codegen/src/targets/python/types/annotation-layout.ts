import { lineLength } from '../print/line-length.js'
import { lines, type Expression } from '../print/layout.js'
import { widthByCharacter as width } from '../../../print/text-width.js'
import { splitType } from './type-ref.js'

// Annotations that do not fit on one line, laid out as ruff does.

const fits = (line: string, column: number): boolean => column + width(line) <= lineLength
const indented = (inner: readonly string[]): string[] => inner.map(line => `    ${line}`)

/** `before` + type + `after`, at `column`: a union in parentheses, another type inside its brackets. */
export function typeLines(before: string, type: string, after: string, column: number): string[] {
  if (fits(before + type + after, column)) return [before + type + after]
  const parts = splitType(type, ' | ')
  if (parts.length > 1 || (before.endsWith(': ') && !type.includes('['))) {
    const inner = fits(`    ${type}`, column)
      ? [type]
      : parts.flatMap((part, i) => partLines(part, i, column + 4))
    return [`${before}(`, ...indented(inner), `)${after}`]
  }
  return subscriptLines(before, type, after, column)
}

const partLines = (part: string, i: number, column: number): string[] =>
  subscriptLines(i === 0 ? '' : '| ', part, '', column)

function subscriptLines(before: string, type: string, after: string, column: number): string[] {
  const open = type.indexOf('[')
  if (open === -1 || fits(before + type + after, column)) return [before + type + after]
  const inside = type.slice(open + 1, -1)
  const inner = fits(`    ${inside}`, column)
    ? [inside]
    : splitType(inside, ', ').flatMap(part => typeLines('', part, ',', column + 4))
  return [before + type.slice(0, open + 1), ...indented(inner), `]${after}`]
}

/** A name with its type, and its value if it has one. */
export function fieldLines(name: string, type: string, value: string | undefined, column: number): string[] {
  if (value === undefined) return typeLines(`${name}: `, type, '', column)
  const head = `${name}: ${type} = (`
  if (fits(`${head.slice(0, -1)}${value}`, column)) return [head.slice(0, -1) + value]
  if (fits(head, column)) return [head, `    ${value}`, ')']
  return typeLines(`${name}: `, type, ` = ${value}`, column)
}

/** A name with its type and a call that makes its value, at the left edge. */
export function constantLines(name: string, type: string, value: Expression): string[] {
  const usual = lines(`${name}: ${type} = `, value, '', 0)
  if (fits(usual[0] ?? '', 0)) return usual
  const open = type.indexOf('[')
  return [
    `${name}: ${type.slice(0, open + 1)}`,
    `    ${type.slice(open + 1, -1)}`,
    ...lines('] = ', value, '', 0),
  ]
}

/** The head of a function, whose parameters go over lines before what it returns does. */
export function signatureLines(head: Expression, returns: string, column: number): string[] {
  const [first = '', ...others] = lines('', head, ` -> ${returns}:`, column)
  const all = [
    first,
    ...others.flatMap(line =>
      line.endsWith(',') && !fits(line, column) ? indented(parameterLines(line.trim(), column + 4)) : [line],
    ),
  ]
  const last = all.at(-1) ?? ''
  if (all.length === 1 || fits(last, column)) return all
  return [...all.slice(0, -1), ...typeLines(') -> ', returns, ':', column)]
}

/** A parameter that is too long for its line: broken inside the brackets of its type, and before what it may also be. */
function parameterLines(parameter: string, column: number): string[] {
  const [, name = '', type = '', value = ''] = /^(\w+: )(.*?)( = \w+)?,$/u.exec(parameter) ?? []
  const [first = '', ...others] = splitType(type, ' | ')
  if (others.length === 0) return subscriptLines(name, first, `${value},`, column)
  return [...subscriptLines(name, first, '', column), `| ${others.join(' | ')}${value},`]
}
