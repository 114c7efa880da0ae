import type { Refusal } from '../../../contract/codegen-error.js'
import type { Model, NamedType, TypeRef } from '../../../model/model.js'

/** Types that hold themselves in every value: no value of them ends, and Go has no struct for them. */
export function infiniteTypes(model: Model): Refusal[] {
  return model.types
    .filter(type => reaches(type, type, model, new Set()))
    .map(({ path }) => ({
      path,
      message: 'holds itself in every value, so that no value ends; make the member optional, or null',
    }))
}

/** Whether a value of the one type always holds one of the other. */
function reaches(from: NamedType, to: NamedType, model: Model, seen: Set<NamedType>): boolean {
  if (seen.has(from)) return false
  seen.add(from)
  return partsOf(from).some(ref => {
    if (ref.kind !== 'named') return false
    const part = model.typeOf(ref.id)
    return part === to || reaches(part, to, model, seen)
  })
}

/** What is in every value. */
function partsOf({ shape }: NamedType): readonly TypeRef[] {
  if (shape.kind === 'struct') return shape.members.filter(({ required }) => required).map(({ type }) => type)
  if (shape.kind !== 'alias') return []
  return shape.type.kind === 'tuple' ? shape.type.items : [shape.type]
}
