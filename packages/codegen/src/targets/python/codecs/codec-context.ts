import type { TypeUse } from '../../../model/model.js'
import type { Rules } from './constraints.js'
import type { DeclarationContext } from '../types/type-context.js'

/** What codecs are written with. */
export interface CodecContext extends DeclarationContext {
  rules: Rules
  literals: {
    /** The constant that reads the one value that may stand inside something else. */
    of(use: Extract<TypeUse, { kind: 'literal' }>): string
  }
  readers: {
    /** The function that reads a type without a name of its own. */
    of(use: TypeUse, context: CodecContext): string
  }
}

/** Reading or writing. */
export type Way = 'decode' | 'encode'
