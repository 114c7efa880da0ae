import { CodeWriter } from '../../../print/code-writer.js'
import { digestOf } from '../../../naming/digest.js'
import type { TypeRef } from '../../../model/model.js'
import { signatureLines } from '../types/annotation-layout.js'
import type { CodecContext } from './codec-context.js'
import { expression } from './codec-value.js'
import { call, lines } from '../print/layout.js'
import { annotation } from '../types/type-ref.js'

/**
 * What reads a type without a name of its own, where type checkers would take what a lambda gives for something wider:
 * functions that say what they return, gathered while codecs are written, declared before them.
 */
export class NamedReaders {
  private readonly functions = new Map<string, readonly string[]>()

  /** The function's name. It depends on nothing else in the contract. */
  of(ref: TypeRef, context: CodecContext): string {
    const name = `_read_${digestOf(JSON.stringify(ref))}`
    if (!this.functions.has(name)) {
      const out = new CodeWriter('    ')
      const head = call(`def ${name}`, 'value: object', 'at: str')
      out.line(...signatureLines(head, annotation(ref, context), 0))
      out.indented(() =>
        out.line(...lines('return ', expression(ref, 'decode', 'value', '{at}', context), '', out.column)),
      )
      this.functions.set(name, out.lines)
    }
    return name
  }

  declare(out: CodeWriter): void {
    for (const [, code] of [...this.functions].sort(([a], [b]) => (a < b ? -1 : 1)))
      out.blank(2).line(...code)
  }
}
