import type { EnumShape, Kind, Model, NamedType, TypeRef, UnionBranch } from '../../../model/model.js'

/** A list of values of several kinds is an interface; of one kind, a type of that kind with constants. */
export const isMixed = ({ kinds }: EnumShape): boolean => kinds.length > 1

/** The kinds for which a type of its own stands behind an interface: null is nil. */
export function wrappedKinds(type: NamedType, model: Model): Kind[] {
  const { shape } = type
  if (shape.kind === 'enum') return isMixed(shape) ? shape.kinds.filter(kind => kind !== 'null') : []
  if (shape.kind !== 'union') return []
  return shape.branches.flatMap(branch =>
    branch.by === 'kind' && needsWrapper(branch, model) ? [branch.kind] : [],
  )
}

/** A branch without a type that can have methods. */
export const needsWrapper = ({ kind, type }: Extract<UnionBranch, { by: 'kind' }>, model: Model): boolean =>
  kind !== 'null' && (type.kind !== 'named' || isInterface(type, model))

/** What a type is in the end, behind other names for it. */
export function endOf(ref: TypeRef, model: Model): TypeRef | NamedType {
  if (ref.kind !== 'named') return ref
  const type = model.typeOf(ref.id)
  return type.shape.kind === 'alias' && type.shape.type.kind === 'named'
    ? endOf(type.shape.type, model)
    : type
}

/** Is nil a value of the Go type? */
export function hasNil(ref: TypeRef, model: Model): boolean {
  const end = endOf(ref, model)
  if ('shape' in end) {
    const { shape } = end
    if (shape.kind === 'alias') return hasNil(shape.type, model)
    return shape.kind === 'union' || (shape.kind === 'enum' && isMixed(shape))
  }
  return ['nullable', 'any', 'array', 'map', 'bytes'].includes(end.kind)
}

/** A type of Go that can have no methods of its own is only another name for what it stands for. */
export const isOtherName = ({ shape }: NamedType): boolean =>
  shape.kind === 'alias' && ['named', 'nullable', 'any', 'null'].includes(shape.type.kind)

/** Is it an interface, which can have no methods of ours? */
export function isInterface(ref: TypeRef, model: Model): boolean {
  const end = endOf(ref, model)
  if (!('shape' in end)) return end.kind === 'any'
  const { shape } = end
  if (shape.kind === 'alias') return isInterface(shape.type, model)
  return shape.kind === 'union' || (shape.kind === 'enum' && isMixed(shape))
}

/** There is only one value, so that a struct needs no field for it. */
export const isConstant = (ref: TypeRef): ref is Extract<TypeRef, { kind: 'null' | 'literal' }> =>
  ref.kind === 'null' || ref.kind === 'literal'
