import type { LiteralValue, Model, NamedType, TypeUse } from '../../model.js'
import { scalar } from './data.js'
import type { TypeScriptNames } from './names.js'

/** What annotations need to know. */
export interface TypeContext {
  model: Model
  names: TypeScriptNames
}

/**
 * How a type is written. `inside` is the alias that it stands in the declaration of, where TypeScript asks for the type
 * at once: not inside arrays and tuples, which it looks at later.
 */
export function annotation(use: TypeUse, context: TypeContext, inside?: string): string {
  return unionOf(annotations(use, context, inside))
}

/** The parts of a type that is a union; one part if it is none. */
export function annotations(use: TypeUse, context: TypeContext, inside?: string): string[] {
  switch (use.kind) {
    case 'named':
      return [context.names.type(use.id)]
    case 'nullable':
      return [...annotations(use.type, context, inside), 'null']
    case 'any':
      return ['unknown']
    case 'null':
      return ['null']
    case 'boolean':
      return ['boolean']
    case 'literal':
      return [scalar(use.value)]
    case 'integer':
    case 'number':
      return ['number']
    case 'string':
      return ['string']
    case 'int64':
      return ['bigint']
    case 'bytes':
      return ['Uint8Array']
    case 'array': {
      const parts = unionParts(annotations(use.item, context))
      const item = parts.join(' | ')
      return [`readonly ${parts.length > 1 || item.startsWith('readonly ') ? `(${item})` : item}[]`]
    }
    case 'tuple':
      return [`readonly [${use.items.map(item => annotation(item, context)).join(', ')}]`]
    case 'map': {
      const value = annotation(use.value, context, inside)
      // An alias may refer to itself through this form, and not through Record.
      return inside !== undefined && reaches(use.value, inside, context.model)
        ? [`{ readonly [name: string]: ${value} }`]
        : [`Readonly<Record<string, ${value}>>`]
    }
  }
}

/** Nothing twice, null last; what is unknown is nothing else. */
export function unionParts(parts: readonly string[]): string[] {
  const all = [...new Set(parts)]
  if (all.includes('unknown')) return ['unknown']
  return [...all.filter(part => part !== 'null'), ...all.filter(part => part === 'null')]
}

/** Is it any value, perhaps by another name? */
export function isUnknown(use: TypeUse, model: Model): boolean {
  if (use.kind !== 'named') return use.kind === 'any'
  const shape = model.types.find(({ id }) => id === use.id)?.shape
  return shape?.kind === 'alias' && isUnknown(shape.type, model)
}

const unionOf = (parts: readonly string[]): string => unionParts(parts).join(' | ')

export const literalTypes = (values: readonly LiteralValue[]): string[] => values.map(scalar)

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
