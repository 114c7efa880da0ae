import type { CodeWriter } from '../../../print/code-writer.js'
import { digestOf } from '../../../naming/digest.js'
import type { TypeRef } from '../../../model/model.js'
import type { CodecContext } from './codec-context.js'
import { constantLines } from '../types/annotation-layout.js'
import { runtimeAlias as ipc } from '../names/facts.js'
import { call, prefixed, tuple } from '../print/layout.js'
import { quoted } from '../print/text.js'
import { annotation, literalValue } from '../types/type-ref.js'

type Literal = Extract<TypeRef, { kind: 'literal' }>

/**
 * Readers of a single allowed value inside another: constants whose type names the value, collected while codecs are
 * written and declared before them.
 */
export class LiteralReaders {
  private readonly refs = new Map<string, Literal>()

  /** The constant's name. It depends on nothing else in the contract. */
  of(ref: Literal): string {
    const name = `_ONLY_${digestOf(JSON.stringify([ref.value, ref.kinds])).toUpperCase()}`
    this.refs.set(name, ref)
    return name
  }

  declare(context: CodecContext, out: CodeWriter): void {
    for (const [name, ref] of [...this.refs].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const made = call(
        `${ipc}.Literals`,
        literalValue(ref.value, context),
        prefixed('kinds=', tuple(...ref.kinds.map(quoted))),
      )
      const type = `${context.imports.use('Final')}[${ipc}.Literals[${annotation(ref, context)}]]`
      out.line(...constantLines(name, type, made))
    }
  }
}
