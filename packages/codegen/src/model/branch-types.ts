import type { TypeRef, UnionBranch } from './model.js'

/** The types of a branch of a union: one, or one for each tag. */
export const branchTypes = (branch: UnionBranch): readonly TypeRef[] =>
  branch.by === 'tag' ? branch.variants.map(({ type }) => type) : [branch.type]
