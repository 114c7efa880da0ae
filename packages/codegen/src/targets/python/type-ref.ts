import type { LiteralValue, TypeUse } from '../../model.js'
import { runtimeAlias as ipc } from './facts.js'
import type { PythonNames } from './names.js'
import { quoted } from './text.js'

/** How a type is written in an annotation. */
export function annotation(use: TypeUse, names: PythonNames): string {
  const of = (inner: TypeUse): string => annotation(inner, names)
  switch (use.kind) {
    case 'named':
      return names.type(use.id)
    case 'nullable':
      return `${of(use.type)} | None`
    case 'any':
      return `${ipc}.Json`
    case 'null':
      return 'None'
    case 'boolean':
      return 'bool'
    case 'literal':
      return literalType([use.value])
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
      return `Sequence[${of(use.item)}]`
    case 'tuple':
      return use.items.length === 0 ? 'tuple[()]' : `tuple[${use.items.map(of).join(', ')}]`
    case 'map':
      return `Mapping[str, ${of(use.value)}]`
  }
}

function literalType(values: readonly LiteralValue[]): string {
  const { exact, rest } = literalParts(values)
  return [...(exact.length === 0 ? [] : [`Literal[${exact.join(', ')}]`]), ...rest].join(' | ')
}

/** Python's Literal has no place for fractions: a list with one of them is as wide as its kind. */
export function literalParts(values: readonly LiteralValue[]): { exact: string[]; rest: string[] } {
  return {
    exact: values.filter(value => value !== null && !isFraction(value)).map(literal),
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

export const numeral = (value: number): string =>
  Number.isSafeInteger(value) ? String(value === 0 ? 0 : value) : String(value).replace('e+', 'e')
