import type { Model, NamedType, TypeRef } from '../../../model/model.js'
import { trials, type Trial } from '../../../model/untagged.js'
import { keyword, reference, type TypeCode } from './type-code.js'
import { annotations, type TypeContext } from './type-ref.js'

/**
 * The types of a union that nothing distinguishes. A literal beside any string is a string to TypeScript, and a type of
 * a made-up name says no more than what it stands for.
 */
export function triedTypes({ kind, variants }: Trial, context: TypeContext, inside: string): TypeCode[] {
  if (kind !== 'array' && kind !== 'object') {
    const isOpen = variants.some(ref => isOpenList(ref, context.model))
    return [keyword(kind), ...(isOpen ? [reference(context.imports.use('UnlistedValue'))] : [])]
  }
  return variants.flatMap(ref => {
    const type = context.model.typeOf(ref.id)
    return type.shape.kind === 'alias' && isMadeUp(type)
      ? annotations(type.shape.type, context, inside)
      : annotations(ref, context, inside)
  })
}

/** Types that exist to be tried in another language. */
export function triedAliases(model: Model): ReadonlySet<string> {
  const tried = trials(model).flatMap(({ branch }) => branch.variants.map(({ id }) => model.typeOf(id)))
  return new Set(tried.filter(type => type.shape.kind === 'alias' && isMadeUp(type)).map(({ id }) => id))
}

const isMadeUp = ({ path }: NamedType): boolean => !/^\/types\/[^/]*$/.test(path)

function isOpenList(ref: TypeRef, model: Model): boolean {
  if (ref.kind !== 'named') return false
  const { shape } = model.typeOf(ref.id)
  if (shape.kind === 'alias') return isOpenList(shape.type, model)
  return shape.kind === 'enum' && shape.open
}
