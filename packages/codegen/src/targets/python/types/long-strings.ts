import type { CodeWriter } from '../../../print/code-writer.js'
import { digestOf } from '../../../naming/digest.js'
import { literalAliasLines } from './alias.js'
import { lineLength } from '../print/line-length.js'
import type { Imports } from '../print/imports.js'
import { widthByCharacter as width } from '../../../print/text-width.js'
import { quoted, quotedPieces } from '../print/text.js'
import type { LongStrings } from './type-context.js'

/** Beyond this a text has a name: no line that holds it could be broken. */
const longest = 42

/** What needs no escape inside an f-string. */
const plain = /^(?:[^"'\\{}\p{C}\p{Z}]| )*$/u

/** Long strings that code uses: collected while it is written, declared before it. */
export class LongStringTable implements LongStrings {
  private readonly names = new Map<string, string>()
  private readonly types = new Map<string, string>()
  private readonly imports: Imports

  constructor(imports: Imports) {
    this.imports = imports
  }

  of(text: string): string {
    const short = quoted(text)
    return width(short) <= longest ? short : this.name(text)
  }

  inside(text: string): string {
    return plain.test(text) && width(text) <= longest - 2 ? text : `{${this.name(text)}}`
  }

  type(text: string): string {
    const name = `Text${digestOf(text)}`
    this.types.set(text, name)
    return name
  }

  /** Declares them, in the order of their names. */
  declare(out: CodeWriter): void {
    if (this.names.size + this.types.size > 0) out.blank()
    for (const [text, name] of [...this.names].sort(([, a], [, b]) => (a < b ? -1 : 1))) {
      const head = `${name}: ${this.imports.use('Final')} = `
      const together = head + quoted(text)
      if (width(together) <= lineLength) out.line(together)
      else out.block(`${head}(`, () => out.line(...quotedPieces(text, lineLength - out.column))).line(')')
    }
    for (const [text, name] of [...this.types].sort(([, a], [, b]) => (a < b ? -1 : 1)))
      out.line(...literalAliasLines(name, [text], this.imports))
  }

  /** Depends on nothing else in the contract. */
  private name(text: string): string {
    const name = `_TEXT_${digestOf(text).toUpperCase()}`
    this.names.set(text, name)
    return name
  }
}
