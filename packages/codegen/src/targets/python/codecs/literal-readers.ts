import type { CodeWriter } from '../../../print/code-writer.js'
import { digestOf } from '../../../naming/digest.js'
import type { TypeUse } from '../../../model/model.js'
import type { CodecContext } from './codec-context.js'
import { constantLines } from '../types/annotation-layout.js'
import { runtimeAlias as ipc } from '../names/facts.js'
import { call, prefixed, tuple } from '../print/layout.js'
import { quoted } from '../print/text.js'
import { annotation, literalValue } from '../types/type-ref.js'

type Literal = Extract<TypeUse, { kind: 'literal' }>

/**
 * What reads the one value that may stand inside something else: constants whose type says which value it is, gathered
 * while codecs are written, declared before them.
 */
export class LiteralReaders {
  private readonly uses = new Map<string, Literal>()

  /** The constant's name. It depends on nothing else in the contract. */
  of(use: Literal): string {
    const name = `_ONLY_${digestOf(JSON.stringify([use.value, use.kinds])).toUpperCase()}`
    this.uses.set(name, use)
    return name
  }

  declare(context: CodecContext, out: CodeWriter): void {
    for (const [name, use] of [...this.uses].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const made = call(
        `${ipc}.Literals`,
        literalValue(use.value, context),
        prefixed('kinds=', tuple(...use.kinds.map(quoted))),
      )
      const type = `${context.imports.use('Final')}[${ipc}.Literals[${annotation(use, context)}]]`
      out.line(...constantLines(name, type, made))
    }
  }
}
