import { branchTypes } from '../../../model/branch-types.js'
import type { LiteralValue, Model, NamedType, TypeRef } from '../../../model/model.js'
import { scalar } from '../print/data.js'
import type { TypeScriptNames } from '../names/names.js'
import type { RuntimeImports } from '../names/runtime-imports.js'
import { keyword, reference, typeText, type TypeCode } from './type-code.js'

/** What annotations need to know. */
export interface TypeContext {
  model: Model
  names: TypeScriptNames
  imports: RuntimeImports
}

/**
 * How a type is written. `inside` is the alias that it stands in the declaration of, where TypeScript asks for the type
 * at once: not inside arrays and tuples, which it looks at later.
 */
export function annotation(ref: TypeRef, context: TypeContext, inside?: string): TypeCode {
  return unionOf(annotations(ref, context, inside))
}

/** The parts of a type that is a union; one part if it is none. */
export function annotations(ref: TypeRef, context: TypeContext, inside?: string): TypeCode[] {
  switch (ref.kind) {
    case 'named':
      return [reference(context.names.type(ref.id))]
    case 'nullable':
      return [...annotations(ref.type, context, inside), keyword('null')]
    case 'any':
      return [keyword('unknown')]
    case 'null':
      return [keyword('null')]
    case 'boolean':
      return [keyword('boolean')]
    case 'literal':
      return literalTypes([ref.value])
    case 'integer':
    case 'number':
      return [keyword('number')]
    case 'string':
      return [keyword('string')]
    case 'int64':
      return [keyword('bigint')]
    case 'bytes':
      return [reference('Uint8Array')]
    case 'array':
      return [{ kind: 'array', item: annotation(ref.item, context) }]
    case 'tuple':
      return [{ kind: 'tuple', items: ref.items.map(item => annotation(item, context)) }]
    case 'map': {
      const value = annotation(ref.value, context, inside)
      // An alias may refer to itself through this form, and not through Record.
      return inside !== undefined && reaches(ref.value, inside, context.model)
        ? [{ kind: 'index', value }]
        : [reference('Readonly', reference('Record', keyword('string'), value))]
    }
  }
}

/** Nothing twice, null last; what is unknown is nothing else. */
function unionParts(parts: readonly TypeCode[]): TypeCode[] {
  const all = [...new Map(parts.map(part => [typeText(part), part]))]
  if (all.some(([text]) => text === 'unknown')) return [keyword('unknown')]
  const isNull = ([text]: readonly [string, TypeCode]): boolean => text === 'null'
  return [...all.filter(part => !isNull(part)), ...all.filter(isNull)].map(([, part]) => part)
}

/** One type of them all. */
export function unionOf(parts: readonly TypeCode[]): TypeCode {
  const [only, ...more] = unionParts(parts)
  return only !== undefined && more.length === 0 ? only : { kind: 'union', parts: unionParts(parts) }
}

/** Is it any value, perhaps by another name? */
export function isUnknown(ref: TypeRef, model: Model): boolean {
  if (ref.kind !== 'named') return ref.kind === 'any'
  const { shape } = model.typeOf(ref.id)
  return shape.kind === 'alias' && isUnknown(shape.type, model)
}

export const literalTypes = (values: readonly LiteralValue[]): TypeCode[] =>
  values.map(value => (value === null ? keyword('null') : { kind: 'literal', text: scalar(value) }))

/** Does a type come back to the alias `id` at once, without an array, a tuple or an interface in between? */
export function reaches(
  ref: TypeRef,
  id: string,
  model: Model,
  seen: ReadonlySet<string> = new Set(),
): boolean {
  switch (ref.kind) {
    case 'named': {
      if (ref.id === id) return true
      if (seen.has(ref.id)) return false
      const next = new Set([...seen, ref.id])
      return directTypes(model.typeOf(ref.id)).some(inner => reaches(inner, id, model, next))
    }
    case 'nullable':
      return reaches(ref.type, id, model, seen)
    case 'map':
      return reaches(ref.value, id, model, seen)
    default:
      return false
  }
}

/** The types that an alias is made of. */
function directTypes({ shape }: NamedType): readonly TypeRef[] {
  switch (shape.kind) {
    case 'alias':
      return [shape.type]
    case 'union':
      return shape.branches.flatMap(branchTypes)
    case 'struct':
    case 'enum':
      return []
  }
}
