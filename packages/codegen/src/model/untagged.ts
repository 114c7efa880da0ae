import type { Refusal } from '../contract/codegen-error.js'
import { branchTypes } from './branch-types.js'
import type { Model, NamedType, TypeRef, UnionBranch, UnionShape } from './model.js'

export type Trial = Extract<UnionBranch, { by: 'trial' }>

/** What a reader is told of a union whose branches are tried. */
export const triedDoc = ({ branches }: UnionShape): string[] =>
  branches.some(({ by }) => by === 'trial')
    ? ['Nothing in a value says which of them it is: the first that fits is read, in this order.']
    : []

/**
 * Unions of which a language that reads a value as one of its types cannot tell which: those that do not ask for the
 * first that fits, and those that contain themselves, where each level would multiply the attempts.
 */
export function untaggedRefusals(model: Model): Refusal[] {
  const found = trials(model).flatMap(({ type, branch }): Refusal[] => {
    if (branch.refusal !== undefined) return [branch.refusal]
    if (!branch.variants.some(variant => contains(variant, type.id, model, new Set()))) return []
    return [
      {
        path: type.path,
        message:
          'contains itself and takes the first branch that fits: each level would multiply the attempts, so give the branches a required member with a Type.Literal of its own each, such as kind',
      },
    ]
  })
  const texts = found.map(refusal => JSON.stringify(refusal))
  return found.filter((_, i) => texts.indexOf(texts[i] ?? '') === i)
}

/** The branches that are tried, with the unions to which they belong. */
export const trials = (model: Model): { type: NamedType; branch: Trial }[] =>
  model.types.flatMap(type =>
    type.shape.kind === 'union'
      ? type.shape.branches.flatMap(branch => (branch.by === 'trial' ? [{ type, branch }] : []))
      : [],
  )

/** May a value of the type hold one of the type `id`? */
function contains(ref: TypeRef, id: string, model: Model, seen: Set<string>): boolean {
  const within = (inner: TypeRef): boolean => contains(inner, id, model, seen)
  switch (ref.kind) {
    case 'named': {
      if (ref.id === id) return true
      if (seen.has(ref.id)) return false
      seen.add(ref.id)
      const { shape } = model.typeOf(ref.id)
      if (shape.kind === 'struct') return shape.members.some(({ type }) => within(type))
      if (shape.kind === 'union') return shape.branches.flatMap(branchTypes).some(within)
      return shape.kind === 'alias' && within(shape.type)
    }
    case 'nullable':
      return within(ref.type)
    case 'array':
      return within(ref.item)
    case 'map':
      return within(ref.value)
    case 'tuple':
      return ref.items.some(within)
    default:
      return false
  }
}
