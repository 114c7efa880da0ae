import type { Model } from '../../model.js'
import type { PythonNames } from './names.js'
import type { Rules } from './rules.js'

/** What codecs are written with. */
export interface CodecContext {
  model: Model
  names: PythonNames
  rules: Rules
}

/** Reading or writing. */
export type Way = 'decode' | 'encode'
