import type { Model } from '../../model.js'
import type { CodecContext } from './codec-context.js'
import { Imports } from './imports.js'
import { LiteralReaders } from './literal-readers.js'
import { NamedReaders } from './named-readers.js'
import type { PythonNames } from './names.js'
import { Rules } from './rules.js'
import { Texts } from './texts.js'

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
