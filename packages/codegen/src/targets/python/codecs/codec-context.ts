import type { TypeRef } from '../../../model/model.js'
import type { Constraints } from './constraints.js'
import type { DeclarationContext } from '../types/type-context.js'

/** What codecs are written with. */
export interface CodecContext extends DeclarationContext {
  constraints: Constraints
  literals: {
    /** The constant that reads a single allowed value inside another. */
    of(ref: Extract<TypeRef, { kind: 'literal' }>): string
  }
  readers: {
    /** The function that reads a type without a name of its own. */
    of(ref: TypeRef, context: CodecContext): string
  }
}

/** Reading or writing. */
export type Way = 'decode' | 'encode'
