import { CodeWriter } from '../../../print/code-writer.js'

/** Lines of Go, indented by tabs. */
export class GoWriter extends CodeWriter {
  constructor() {
    super('\t')
  }

  /** What `write` writes is one level further in, between a head and the line that closes what it opens. */
  override block(head: string, write: () => void, tail = '}'): this {
    return super.block(head, write).line(tail)
  }
}
