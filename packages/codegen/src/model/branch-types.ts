import type { Kind, TypeRef, UnionBranch } from './model.js'

/** The types of a branch of a union: one, or one for each tag, or those that are tried. */
export function branchTypes(branch: UnionBranch): readonly TypeRef[] {
  if (branch.by === 'kind') return [branch.type]
  return branch.by === 'tag' ? branch.variants.map(({ type }) => type) : branch.variants
}

/** The kind of the values of a branch: objects have tags. */
export const branchKind = (branch: UnionBranch): Exclude<Kind, 'integer'> =>
  branch.by === 'tag' ? 'object' : branch.kind
