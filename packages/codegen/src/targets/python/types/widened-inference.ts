import type { Model, TypeUse } from '../../../model/model.js'

/**
 * Do type checkers take a value of this type, read inside a lambda or kept in a variable, for something wider? So it is
 * wherever single values are listed: `["a"]` is a `list[str]` to them, unless something says otherwise.
 */
export function infersTooWide(use: TypeUse, model: Model, seen: ReadonlySet<string> = new Set()): boolean {
  const within = (inner: TypeUse): boolean => infersTooWide(inner, model, seen)
  switch (use.kind) {
    case 'literal':
      return use.value !== null
    case 'nullable':
      return within(use.type)
    case 'array':
      return within(use.item)
    case 'map':
      return within(use.value)
    case 'tuple':
      return use.items.some(within)
    case 'named': {
      const shape = seen.has(use.id) ? undefined : model.types.find(({ id }) => id === use.id)?.shape
      const inner = new Set([...seen, use.id])
      if (shape?.kind === 'enum') return !shape.open
      if (shape?.kind === 'alias') return infersTooWide(shape.type, model, inner)
      // Objects are classes, and those have names.
      return (
        shape?.kind === 'union' &&
        shape.branches.some(branch => branch.by === 'kind' && infersTooWide(branch.type, model, inner))
      )
    }
    default:
      return false
  }
}
