/** Lines of code, indented. */
export class CodeWriter {
  readonly lines: string[] = []
  private depth = 0
  private readonly indent: string

  constructor(indent: string) {
    this.indent = indent
  }

  /** One or more lines; a blank text is an empty line. */
  line(...lines: string[]): this {
    for (const line of lines) this.lines.push(line === '' ? '' : this.indent.repeat(this.depth) + line)
    return this
  }

  /** The lines of another writer, however many. */
  append(lines: readonly string[]): this {
    for (const line of lines) this.line(line)
    return this
  }

  /** What `write` writes is one level further in. */
  block(head: string, write: () => void): this {
    return this.line(head).indented(write)
  }

  indented(write: () => void): this {
    this.depth++
    write()
    this.depth--
    return this
  }

  blank(count = 1): this {
    for (let i = 0; i < count; i++) this.lines.push('')
    return this
  }

  /** How many columns the current indentation takes. */
  get column(): number {
    return this.indent.length * this.depth
  }

  toString(): string {
    return `${this.lines.join('\n')}\n`
  }
}
