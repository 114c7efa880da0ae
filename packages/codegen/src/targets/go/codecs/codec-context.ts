import type { TypeUse } from '../../../model/model.js'
import type { Rules } from './constraints.js'
import type { TypeContext } from '../types/type-ref.js'

/** What codecs are written with. */
export interface CodecContext extends TypeContext {
  rules: Rules
}

/** Values of several parts, which take several statements. */
export const isCompound = (use: TypeUse): use is Extract<TypeUse, { kind: 'nullable' | 'array' | 'map' }> =>
  use.kind === 'nullable' || use.kind === 'array' || use.kind === 'map'

/** How the part of a type is called within function names. */
export const partName = (field: string, owner: string): string => `${field}Of${owner}`
