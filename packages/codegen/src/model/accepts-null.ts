import type { Model, NamedType, TypeRef } from './model.js'

/** May a value of this type be null? Then absence is something else than null. */
export function acceptsNull(ref: TypeRef, model: Model, seen: ReadonlySet<string> = new Set()): boolean {
  switch (ref.kind) {
    case 'nullable':
    case 'null':
    case 'any':
      return true
    case 'literal':
      return ref.value === null
    case 'named':
      return !seen.has(ref.id) && shapeAcceptsNull(model.typeOf(ref.id), model, new Set([...seen, ref.id]))
    default:
      return false
  }
}

function shapeAcceptsNull({ shape }: NamedType, model: Model, seen: ReadonlySet<string>): boolean {
  if (shape.kind === 'enum') return shape.values.includes(null)
  if (shape.kind === 'union') return shape.kinds.includes('null')
  return shape.kind === 'alias' && acceptsNull(shape.type, model, seen)
}
