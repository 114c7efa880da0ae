import type { Refusal } from '../../../contract/codegen-error.js'
import type { Model, NamedType, TypeRef } from '../../../model/model.js'

/** Types that hold themselves in every value: no value of them ends, and Go has no struct for them. */
export function infiniteTypes(model: Model): Refusal[] {
  return candidates(model)
    .filter(type => reaches(type, type, model, new Set()))
    .map(({ path }) => ({
      path,
      message: 'holds itself in every value, so that no value ends; make the member optional, or null',
    }))
}

/** Without the types that hold nothing that could be endless: in most contracts all of them, found in one pass. */
function candidates(model: Model): NamedType[] {
  const left = new Map(model.types.map(type => [type, heldBy(type, model).length]))
  const holders = new Map<NamedType, NamedType[]>()
  for (const type of model.types)
    for (const part of heldBy(type, model)) {
      const known = holders.get(part)
      if (known === undefined) holders.set(part, [type])
      else known.push(type)
    }
  const ended = model.types.filter(type => left.get(type) === 0)
  for (const type of ended)
    for (const holder of holders.get(type) ?? []) {
      const count = (left.get(holder) ?? 0) - 1
      left.set(holder, count)
      if (count === 0) ended.push(holder)
    }
  const done = new Set(ended)
  return model.types.filter(type => !done.has(type))
}

const heldBy = (type: NamedType, model: Model): NamedType[] =>
  partsOf(type).flatMap(ref => (ref.kind === 'named' ? [model.typeOf(ref.id)] : []))

/** Whether a value of the one type always holds one of the other. */
function reaches(from: NamedType, to: NamedType, model: Model, seen: Set<NamedType>): boolean {
  if (seen.has(from)) return false
  seen.add(from)
  return heldBy(from, model).some(part => part === to || reaches(part, to, model, seen))
}

/** What is in every value. */
function partsOf({ shape }: NamedType): readonly TypeRef[] {
  if (shape.kind === 'struct') return shape.members.filter(({ required }) => required).map(({ type }) => type)
  if (shape.kind !== 'alias') return []
  return shape.type.kind === 'tuple' ? shape.type.items : [shape.type]
}
