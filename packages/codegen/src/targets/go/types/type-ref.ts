import type { Kind, LiteralValue, Model, TypeRef } from '../../../model/model.js'
import type { GoNames } from '../names/names.js'
import { endOf, hasNil, isMixed } from '../names/shapes.js'
import { quoted } from '../print/text.js'

/** What types are written with. */
export interface TypeContext {
  model: Model
  names: GoNames
}

/** How a type is written. */
export function goType(ref: TypeRef, context: TypeContext): string {
  switch (ref.kind) {
    case 'named':
      return context.names.type(ref.id)
    case 'nullable':
      return hasNil(ref.type, context.model) ? goType(ref.type, context) : `*${goType(ref.type, context)}`
    case 'any':
      return 'any'
    case 'null':
      return 'ipc.Null'
    case 'boolean':
      return 'bool'
    case 'literal':
      return literalType([ref.value])
    case 'integer':
      return 'int64'
    case 'int64':
      return ref.signed ? 'int64' : 'uint64'
    case 'number':
      return 'float64'
    case 'string':
      return 'string'
    case 'bytes':
      return '[]byte'
    case 'array':
      return `[]${goType(ref.item, context)}`
    case 'tuple':
      throw new Error('tuples have names')
    case 'map':
      return `map[string]${goType(ref.value, context)}`
  }
}

/** The basic type that holds all of these values, which are of one kind. */
export function literalType(values: readonly LiteralValue[]): string {
  const [value] = values
  switch (typeof value) {
    case 'string':
      return 'string'
    case 'boolean':
      return 'bool'
    case 'number':
      return values.every(each => Number.isSafeInteger(each)) ? 'int64' : 'float64'
    default:
      return 'ipc.Null'
  }
}

/** The basic type for values of a kind. */
export const kindType = (kind: Kind): string =>
  ({
    null: 'ipc.Null',
    boolean: 'bool',
    integer: 'int64',
    number: 'float64',
    string: 'string',
    array: '',
    object: '',
  })[kind]

/** How the kinds are called in the runtime. */
export const kindName = (kind: Kind): string => `jsontree.${kind.charAt(0).toUpperCase()}${kind.slice(1)}`

export const kindNames = (kinds: readonly Kind[]): string => kinds.map(kindName).join(', ')

/** A value as Go writes it. */
export function literal(value: LiteralValue): string {
  if (value === null) return 'ipc.Null{}'
  return typeof value === 'string'
    ? quoted(value)
    : typeof value === 'number'
      ? numeral(value)
      : String(value)
}

export const numeral = (value: number): string => String(value === 0 ? 0 : value)

/** The zero value of a type. */
export function zero(ref: TypeRef, context: TypeContext): string {
  if (hasNil(ref, context.model)) return 'nil'
  const end = endOf(ref, context.model)
  if (!('shape' in end)) return zeroOf(goType(end, context))
  const { shape } = end
  if (shape.kind === 'enum' && !isMixed(shape)) return zeroOf(literalType(shape.values))
  if (shape.kind === 'alias' && shape.type.kind !== 'tuple') return zero(shape.type, context)
  return `${goType(ref, context)}{}`
}

const zeroOf = (type: string): string =>
  ({ string: '""', bool: 'false', int64: '0', uint64: '0', float64: '0' })[type] ?? `${type}{}`
