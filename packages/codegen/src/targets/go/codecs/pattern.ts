import type { AST } from '@eslint-community/regexpp'
import { classBounds, parsePattern } from '../../../model/pattern-program.js'

/** A pattern as Go's engine reads it, which matches in linear time: what its classes hold is spelled out. */
export const goExpression = (pattern: string): string => alternatives(parsePattern(pattern).alternatives)

const alternatives = (all: readonly AST.Alternative[]): string =>
  all.map(({ elements }) => elements.map(element).join('')).join('|')

function element(element: AST.Element): string {
  switch (element.type) {
    case 'Group':
    case 'CapturingGroup':
      return `(?:${alternatives(element.alternatives)})`
    case 'Quantifier':
      return repeated(atom(element.element), element.min, element.max)
    case 'Assertion':
      return element.kind === 'start' ? '^' : '$'
    case 'Character':
      return character(element.value)
    case 'CharacterSet':
    case 'CharacterClass':
      return characterClass(classBounds(element.raw))
    default:
      throw new Error(`${element.raw} was refused before`)
  }
}

/** Something that a quantifier can stand behind. */
const atom = (inner: AST.QuantifiableElement): string =>
  inner.type === 'Assertion' ? `(?:${element(inner)})` : element(inner)

/** Go allows a thousand repetitions, and no more in repetitions inside each other. */
const mostRepetitions = 1000

function repeated(inner: string, min: number, max: number): string {
  if (max === Infinity) {
    if (min === 0) return `${inner}*`
    return min === 1 ? `${inner}+` : `${exactly(inner, min)}${inner}*`
  }
  if (min === 0 && max === 1) return `${inner}?`
  return exactly(inner, min) + upTo(inner, max - min)
}

function exactly(inner: string, count: number): string {
  if (count === 0) return ''
  if (count === 1) return inner
  if (isNested(inner)) return inner.repeat(count)
  return pieces(count)
    .map(piece => `${inner}{${piece}}`)
    .join('')
}

/** As many as there are, up to a count: in any order the same texts match. */
function upTo(inner: string, count: number): string {
  if (count === 0) return ''
  if (isNested(inner)) return `(?:${inner})?`.repeat(count)
  return pieces(count)
    .map(piece => `${inner}{0,${piece}}`)
    .join('')
}

const isNested = (inner: string): boolean => /(?<!\\|\\x)\{/.test(inner)

const pieces = (count: number): number[] =>
  count <= mostRepetitions ? [count] : [mostRepetitions, ...pieces(count - mostRepetitions)]

const character = (point: number): string => {
  const text = String.fromCodePoint(point)
  if (/[\w ]/.test(text)) return text
  return /[!-~]/.test(text) ? `\\${text}` : `\\x{${point.toString(16)}}`
}

/** A class that holds nothing matches nothing. */
function characterClass(bounds: readonly number[]): string {
  if (bounds.length === 0) return '[^\\x{0}-\\x{10ffff}]'
  const ranges: string[] = []
  for (let i = 0; i < bounds.length; i += 2) {
    const [first = 0, end = 0] = bounds.slice(i, i + 2)
    ranges.push(end - first === 1 ? character(first) : `${character(first)}-${character(end - 1)}`)
  }
  return `[${ranges.join('')}]`
}
