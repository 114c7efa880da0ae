import { longestHeader } from './header-line.js'

const LF = 10
/** White space between the JSON and the header that follows it is not longer than a header is. */
const lookBack = 2 * longestHeader

const shortest = 'content-length:1'.length

const wholeHeader = /[}\]]\s*(content-length:[ \t]*\d{1,15}[ \t]*\r?\n)$/i
const begunHeader = /[}\]]\s*(c[a-z-]*|content-length:[ \t]*\d*[ \t]*\r?)$/i

/**
 * Finds the next header in a body whose length is too long. No JSON has a whole one, since its strings have no raw line
 * breaks. Looks at a few bytes in front of each line break, so it matters neither how long the body is nor how it is cut.
 */
export class HeaderInside {
  /** The end of what was searched, and the length of the line that it ends in. */
  private last = ''
  private lineLength = 0

  /** The header that ends in the next bytes, and where; undefined if there is none. */
  find(bytes: Buffer): { header: string; end: number } | undefined {
    let lineStart = -this.lineLength
    for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) {
      const end = at + 1
      // Most lines are passed over at once, so that a body of line breaks costs no more than another.
      const header = at - lineStart < shortest ? undefined : wholeHeader.exec(this.before(bytes, end))?.[1]
      if (header !== undefined) return { header, end }
      lineStart = end
    }
    this.lineLength = bytes.length - lineStart
    this.last = this.before(bytes, bytes.length)
    return undefined
  }

  /** A header that was cut by the end of the body: its beginning, or ''. */
  begun(): string {
    const begun = begunHeader.exec(this.last)?.[1] ?? ''
    return 'content-length:'.startsWith(begun.toLowerCase()) || begun.includes(':') ? begun : ''
  }

  private before(bytes: Buffer, end: number): string {
    const text = bytes.toString('latin1', Math.max(0, end - lookBack), end)
    return text.length < lookBack ? (this.last + text).slice(-lookBack) : text
  }
}
