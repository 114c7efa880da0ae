import type { Model } from '../../model.js'
import { Imports } from './imports.js'
import { LiteralReaders } from './literal-readers.js'
import { NamedReaders } from './named-readers.js'
import type { PythonNames } from './names.js'
import { Rules } from './rules.js'
import { Texts } from './texts.js'

/** What types are written with. */
export interface TypeContext {
  names: PythonNames
  imports: Imports
  texts: Texts
}

/** What codecs are written with. */
export interface CodecContext extends TypeContext {
  model: Model
  rules: Rules
  literals: LiteralReaders
  readers: NamedReaders
}

/** For one file. */
export function codecContext(model: Model, names: PythonNames): CodecContext {
  const imports = new Imports()
  const texts = new Texts(imports)
  return {
    model,
    names,
    imports,
    texts,
    rules: new Rules(imports, texts),
    literals: new LiteralReaders(),
    readers: new NamedReaders(),
  }
}

/** Reading or writing. */
export type Way = 'decode' | 'encode'
