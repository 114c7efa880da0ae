import type { LiteralValue, TypeRef } from '../../../model/model.js'
import { runtimeAlias as ipc } from '../names/facts.js'
import { widthByCharacter as width } from '../../../print/text-width.js'
import { quoted } from '../print/text.js'
import type { TypeContext } from './type-context.js'

/** How a type is written in an annotation. */
export function annotation(ref: TypeRef, context: TypeContext): string {
  const of = (inner: TypeRef): string => annotation(inner, context)
  switch (ref.kind) {
    case 'named':
      return context.names.type(ref.id)
    case 'nullable':
      return union(of(ref.type), 'None')
    case 'any':
      return `${ipc}.Json`
    case 'null':
      return 'None'
    case 'boolean':
      return 'bool'
    case 'literal':
      return literalType(ref.value, context)
    case 'integer':
    case 'int64':
      return 'int'
    case 'number':
      return 'float'
    case 'string':
      return 'str'
    case 'bytes':
      return 'bytes'
    case 'array':
      return `${context.imports.use('Sequence')}[${of(ref.item)}]`
    case 'tuple':
      return ref.items.length === 0 ? 'tuple[()]' : `tuple[${ref.items.map(of).join(', ')}]`
    case 'map':
      return `${context.imports.use('Mapping')}[str, ${of(ref.value)}]`
  }
}

/** One of several types: each of them once, all literals as one, None last. */
export const union = (...types: readonly string[]): string => unionParts(types).join(' | ')

function unionParts(types: readonly string[]): string[] {
  const all = [...new Set(types.flatMap(type => (type === '' ? [] : splitType(type, ' | '))))]
  const literals = all.filter(part => part.startsWith('Literal['))
  const values = literals.flatMap(part => splitType(part.slice('Literal['.length, -1), ', '))
  const merged = `Literal[${[...new Set(values)].join(', ')}]`
  const parts = all.flatMap(part => {
    if (part === 'None' || (part !== literals[0] && literals.includes(part))) return []
    return [part === literals[0] ? merged : part]
  })
  return all.includes('None') ? [...parts, 'None'] : parts
}

/** The parts between separators, not counting those in brackets or strings. */
export function splitType(type: string, separator: string): string[] {
  const parts: string[] = []
  let depth = 0
  let quote: string | undefined
  let start = 0
  for (let i = 0; i < type.length; i++) {
    const mark = type[i]
    if (quote !== undefined) {
      if (mark === '\\') i++
      else if (mark === quote) quote = undefined
    } else if (mark === '"' || mark === "'") quote = mark
    else if (mark === '[') depth++
    else if (mark === ']') depth--
    else if (depth === 0 && type.startsWith(separator, i)) {
      parts.push(type.slice(start, i))
      start = i + separator.length
    }
  }
  return [...parts, type.slice(start)]
}

function literalType(value: LiteralValue, { imports, strings }: TypeContext): string {
  const { exact, rest } = literalParts([value])
  const [only] = exact
  if (only === undefined) return rest.join(' | ')
  const text = literal(only)
  if (typeof only === 'string' && (width(text) > 42 || text.includes('\\'))) return strings.type(only)
  return `${imports.use('Literal')}[${text}]`
}

/** Python's Literal has no place for fractions: a list with one of them is as wide as its kind. */
export function literalParts(values: readonly LiteralValue[]): { exact: LiteralValue[]; rest: string[] } {
  return {
    exact: values.filter(value => value !== null && !isFraction(value)),
    rest: [...(values.some(isFraction) ? ['float'] : []), ...(values.includes(null) ? ['None'] : [])],
  }
}

const isFraction = (value: LiteralValue): boolean => typeof value === 'number' && !Number.isSafeInteger(value)

/** A value as Python writes it. */
export function literal(value: LiteralValue): string {
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  return typeof value === 'string' ? quoted(value) : numeral(value)
}

/** A value of a list, where it is compared. */
export const literalValue = (value: LiteralValue, { strings }: Pick<TypeContext, 'strings'>): string =>
  typeof value === 'string' ? strings.of(value) : literal(value)

export const numeral = (value: number): string =>
  Number.isSafeInteger(value) ? String(value === 0 ? 0 : value) : String(value).replace('e+', 'e')
