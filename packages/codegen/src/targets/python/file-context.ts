import type { Model } from '../../model/model.js'
import type { CodecContext } from './codecs/codec-context.js'
import { Imports } from './print/imports.js'
import { LiteralReaders } from './codecs/literal-readers.js'
import { NamedReaders } from './codecs/named-readers.js'
import type { PythonNames } from './names/names.js'
import { Rules } from './codecs/constraints.js'
import { Texts } from './types/long-strings.js'

/** What the code of one file is written with: it gathers what stands before that code. */
export interface FileContext extends CodecContext {
  texts: Texts
  literals: LiteralReaders
  readers: NamedReaders
}

export function fileContext(model: Model, names: PythonNames): FileContext {
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
