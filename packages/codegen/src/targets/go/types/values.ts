import type { EnumShape, LiteralValue } from '../../../model/model.js'
import { kindType, literal, literalType } from './type-ref.js'

// Lists of values.

/** What is said of a value that is not listed: the words of every language. */
export const listed = (values: readonly LiteralValue[]): string => {
  const texts = values.map(value => JSON.stringify(value === 0 ? 0 : value)).join(', ')
  return values.length === 1 ? `must be ${texts}` : `must be one of ${texts}`
}

/** The condition that a value is another one than that of a constant; linters want no comparison with true or false. */
export function isOther(value: string, constant: LiteralValue): string {
  if (typeof constant === 'boolean') return constant ? `!${value}` : value
  return `${value} != ${constant === null ? 'nil' : literal(constant)}`
}

/** The basic type of a list of values of one kind: where others may come, any of the kind must fit. */
export const basicType = ({ values, kinds, open }: EnumShape): string =>
  open ? kindType(kinds[0] ?? 'null') : literalType(values)

export const fitsKind = (value: LiteralValue, kind: string): boolean =>
  value === null ? kind === 'null' : typeof value === (kind === 'integer' ? 'number' : kind)
