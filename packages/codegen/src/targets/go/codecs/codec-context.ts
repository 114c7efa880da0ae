import type { TypeRef } from '../../../model/model.js'
import type { Constraints } from './constraints.js'
import type { TypeContext } from '../types/type-ref.js'

/** What codecs are written with. */
export interface CodecContext extends TypeContext {
  constraints: Constraints
}

/** Values of several parts, which take several statements. */
export const isCompound = (ref: TypeRef): ref is Extract<TypeRef, { kind: 'nullable' | 'array' | 'map' }> =>
  ref.kind === 'nullable' || ref.kind === 'array' || ref.kind === 'map'

/** How the part of a type is called within function names. */
export const partName = (field: string, owner: string): string => `${field}Of${owner}`
