import { branchTypes } from '../../../model/branch-types.js'
import type { Model, TypeRef } from '../../../model/model.js'

/**
 * Do type checkers take a value of this type, read inside a lambda or kept in a variable, for something wider? So it is
 * wherever single values are listed: `["a"]` is a `list[str]` to them, unless something says otherwise.
 */
export function widensInference(ref: TypeRef, model: Model, seen: ReadonlySet<string> = new Set()): boolean {
  const within = (inner: TypeRef): boolean => widensInference(inner, model, seen)
  switch (ref.kind) {
    case 'literal':
      return ref.value !== null
    case 'nullable':
      return within(ref.type)
    case 'array':
      return within(ref.item)
    case 'map':
      return within(ref.value)
    case 'tuple':
      return ref.items.some(within)
    case 'named': {
      if (seen.has(ref.id)) return false
      const { shape } = model.typeOf(ref.id)
      const inner = new Set([...seen, ref.id])
      if (shape.kind === 'enum') return !shape.open
      if (shape.kind === 'alias') return widensInference(shape.type, model, inner)
      // Objects are classes, and those have names.
      return (
        shape.kind === 'union' &&
        shape.branches.some(
          branch =>
            branch.by !== 'tag' && branchTypes(branch).some(type => widensInference(type, model, inner)),
        )
      )
    }
    default:
      return false
  }
}
