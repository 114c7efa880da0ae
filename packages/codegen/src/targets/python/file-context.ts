import type { Model } from '../../model/model.js'
import type { CodecContext } from './codecs/codec-context.js'
import { Imports } from './print/imports.js'
import { LiteralReaders } from './codecs/literal-readers.js'
import { NamedReaders } from './codecs/named-readers.js'
import type { PythonNames } from './names/names.js'
import { Constraints } from './codecs/constraints.js'
import { LongStringTable } from './types/long-strings.js'

/** What the code of one file is written with: it collects what is declared before that code. */
export interface FileContext extends CodecContext {
  strings: LongStringTable
  literals: LiteralReaders
  readers: NamedReaders
}

export function fileContext(model: Model, names: PythonNames): FileContext {
  const imports = new Imports()
  const strings = new LongStringTable(imports)
  return {
    model,
    names,
    imports,
    declared: new Set(),
    strings,
    constraints: new Constraints(imports, strings),
    literals: new LiteralReaders(),
    readers: new NamedReaders(),
  }
}
