import type { LiteralValue, Model, NamedType, TypeUse } from '../../../model/model.js'
import { scalar } from '../print/data.js'
import type { TypeScriptNames } from '../names/names.js'
import { keyword, reference, typeText, type TypeCode } from './type-code.js'

/** What annotations need to know. */
export interface TypeContext {
  model: Model
  names: TypeScriptNames
}

/**
 * How a type is written. `inside` is the alias that it stands in the declaration of, where TypeScript asks for the type
 * at once: not inside arrays and tuples, which it looks at later.
 */
export function annotation(use: TypeUse, context: TypeContext, inside?: string): TypeCode {
  return unionOf(annotations(use, context, inside))
}

/** The parts of a type that is a union; one part if it is none. */
export function annotations(use: TypeUse, context: TypeContext, inside?: string): TypeCode[] {
  switch (use.kind) {
    case 'named':
      return [reference(context.names.type(use.id))]
    case 'nullable':
      return [...annotations(use.type, context, inside), keyword('null')]
    case 'any':
      return [keyword('unknown')]
    case 'null':
      return [keyword('null')]
    case 'boolean':
      return [keyword('boolean')]
    case 'literal':
      return literalTypes([use.value])
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
      return [{ kind: 'array', item: annotation(use.item, context) }]
    case 'tuple':
      return [{ kind: 'tuple', items: use.items.map(item => annotation(item, context)) }]
    case 'map': {
      const value = annotation(use.value, context, inside)
      // An alias may refer to itself through this form, and not through Record.
      return inside !== undefined && reaches(use.value, inside, context.model)
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
export function isUnknown(use: TypeUse, model: Model): boolean {
  if (use.kind !== 'named') return use.kind === 'any'
  const shape = model.types.find(({ id }) => id === use.id)?.shape
  return shape?.kind === 'alias' && isUnknown(shape.type, model)
}

export const literalTypes = (values: readonly LiteralValue[]): TypeCode[] =>
  values.map(value => (value === null ? keyword('null') : { kind: 'literal', text: scalar(value) }))

/** Does a type come back to the alias `id` at once, without an array, a tuple or an interface in between? */
export function reaches(
  use: TypeUse,
  id: string,
  model: Model,
  seen: ReadonlySet<string> = new Set(),
): boolean {
  switch (use.kind) {
    case 'named': {
      if (use.id === id) return true
      const type = seen.has(use.id) ? undefined : model.types.find(type => type.id === use.id)
      const next = new Set([...seen, use.id])
      return type !== undefined && usesOf(type).some(inner => reaches(inner, id, model, next))
    }
    case 'nullable':
      return reaches(use.type, id, model, seen)
    case 'map':
      return reaches(use.value, id, model, seen)
    default:
      return false
  }
}

/** The types that an alias is made of. */
export function usesOf({ shape }: NamedType): readonly TypeUse[] {
  switch (shape.kind) {
    case 'alias':
      return [shape.type]
    case 'union':
      return shape.branches.flatMap(branch =>
        branch.by === 'tag' ? branch.variants.map(({ type }) => type) : [branch.type],
      )
    case 'struct':
    case 'enum':
      return []
  }
}
