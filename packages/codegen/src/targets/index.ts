import type { Target } from '../model/target.js'
import { go } from './go/index.js'
import { python } from './python/index.js'
import { typescript } from './typescript/index.js'

/** The one list of languages. */
export const targets: readonly Target[] = [python, go, typescript]
