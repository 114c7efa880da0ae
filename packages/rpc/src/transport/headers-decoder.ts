import { defaultMaxMessageBytes } from './default-limits.js'
import { beginsHeader, headerAt, lengthIn, longestHeader } from './header-line.js'
import { KeptBody } from './kept-body.js'
import type { Decoder } from './stream-reader.js'
import type { Receiver } from './transport.js'
import { endsJson, headerInside, isSpace, isWholeJson, longestDoubt, opensJson } from './wrong-length.js'

export const headersDecoder = (receiver: Receiver, maxMessageBytes = defaultMaxMessageBytes): Decoder =>
  new HeadersDecoder(receiver, maxMessageBytes)

/** A line of headers, or of anything else, is not kept longer than this. */
const longestLine = 64 * 1024
const LF = 10
const nothing = Buffer.alloc(0)

/**
 * Between messages it reads lines. One that begins with `Content-Length:` and a positive integer begins a header, which
 * an empty line ends; so does one that ends with that, behind text without a line end, if JSON follows. Everything else
 * outside a header is a plain line. A length that is wrong costs no more than its own message.
 */
class HeadersDecoder implements Decoder {
  private readonly receiver: Receiver
  private line: Buffer[] = []
  private lineBytes = 0
  /** The length in the header that has begun, and the lines of that header. */
  private announced: number | undefined
  private header: string[] = []
  /** The text in front of the header, on the same line. */
  private before = ''
  /** There is such text, and whether it was a header shows at the first byte of the body. */
  private doubted = false
  /** A header was rejected: its body, which has no line end, is joined to the next header. */
  private astray = false
  private readonly body: KeptBody
  /** The body is whole already: what is missing can be spaces only. */
  private whole = false

  constructor(receiver: Receiver, limit: number) {
    this.receiver = receiver
    this.body = new KeptBody(limit)
  }

  push(bytes: Uint8Array): void {
    let chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    while (chunk.length > 0) {
      if (this.body.missing > 0) chunk = this.readBody(chunk)
      else chunk = this.readLine(chunk)
      if (chunk.length === 0) chunk = this.lookAgain()
    }
  }

  /** An incomplete body is dropped; text is not. */
  end(): void {
    this.giveUpHeader()
    if (this.body.missing === 0 && this.lineBytes > 0) this.text(this.takeLine())
    this.body.drop()
  }

  private readBody(chunk: Buffer): Buffer {
    if (this.doubted && !this.confirm(chunk[0])) return chunk
    if (this.whole) return this.readSpaces(chunk)
    const rest = this.body.push(chunk)
    return this.body.missing === 0 ? this.endBody(rest) : rest
  }

  private readSpaces(chunk: Buffer): Buffer {
    let count = 0
    while (count < this.body.missing && isSpace(chunk[count])) count++
    this.body.missing -= count
    if (count < chunk.length && this.body.missing > 0) {
      this.tellWrong()
      this.body.missing = 0
    }
    if (this.body.missing === 0) this.whole = false
    return chunk.subarray(count)
  }

  /** Returns what is to be read after the body. */
  private endBody(rest: Buffer): Buffer {
    const body = this.body.take()
    if (this.body.isTooLarge) {
      this.receiver.skipped(body, this.body.bytes)
      return rest
    }
    const next = opensJson(body[0]) && !endsJson(body) ? headerInside(body) : undefined
    if (next !== undefined) return this.cut(body, next, rest)
    this.receiver.body(body.toString())
    return rest
  }

  /** A body that holds the beginning of the next message. */
  private cut(body: Buffer, next: number, rest: Buffer): Buffer {
    this.body.missing = 0
    this.tellWrong()
    this.receiver.body(body.toString('utf8', 0, next))
    return Buffer.concat([body.subarray(next), rest])
  }

  /**
   * Everything that arrived was read. A whole message is passed on, although its header announced more or was not one:
   * it may be the answer without which nothing more comes. Returns what is to be read again.
   */
  private lookAgain(): Buffer {
    if (this.body.missing > 0) {
      const last = this.body.lastOfAtMost(longestDoubt)
      if (last === undefined || !endsJson(last)) return nothing
      const body = this.body.take()
      const next = isWholeJson(body) ? undefined : headerInside(body)
      if (next !== undefined) return this.cut(body, next, nothing)
      if (isWholeJson(body)) {
        this.whole = true
        this.receiver.body(body.toString())
      } else this.body.putBack(body)
    } else if (this.astray && this.lineBytes > 0) {
      const line = Buffer.concat(this.line)
      if (isWholeJson(line)) this.text(this.takeLine())
      else this.line = [line]
    }
    return nothing
  }

  private readLine(chunk: Buffer): Buffer {
    const end = chunk.indexOf(LF)
    const part = chunk.subarray(0, end < 0 ? chunk.length : end)
    if (part.length > 0) this.line.push(Buffer.from(part))
    this.lineBytes += part.length
    if (end >= 0) this.endLine()
    else if (this.lineBytes > longestLine) this.cutLine()
    return chunk.subarray(part.length + (end < 0 ? 0 : 1))
  }

  /** Passes on what has arrived of a long line, except its end, which may be the beginning of a header. */
  private cutLine(): void {
    this.giveUpHeader()
    const line = Buffer.concat(this.line)
    let at = line.length - longestHeader
    while (((line[at] ?? 0) & 0xc0) === 0x80) at--
    this.receiver.plain(line.toString('utf8', 0, at))
    this.line = [line.subarray(at)]
    this.lineBytes = line.length - at
  }

  private takeLine(): string {
    const text = Buffer.concat(this.line).toString()
    this.line = []
    this.lineBytes = 0
    return text.endsWith('\r') ? text.slice(0, -1) : text
  }

  private endLine(): void {
    const text = this.takeLine()
    if (beginsHeader(text)) {
      const length = lengthIn(text)
      // A length of its own begins a new header: the one before had no body.
      this.giveUpHeader()
      if (length === undefined) this.refuse(text)
      else this.beginHeader(length, text, 0)
    } else if (this.announced === undefined) {
      this.otherLine(text)
    } else if (text === '') {
      this.body.begin(this.announced)
      this.announced = undefined
      this.doubted = this.before !== ''
      if (!this.doubted) this.header = []
    } else if (/^[\w-]+:/.test(text)) {
      this.header.push(text)
    } else {
      this.giveUpHeader()
      this.otherLine(text)
    }
  }

  /** Outside a header: another header before the length is tolerated, and text may precede one. */
  private otherLine(text: string): void {
    const at = headerAt(text)
    const length = at < 0 ? undefined : lengthIn(text.slice(at))
    if (length !== undefined) this.beginHeader(length, text, at)
    else if (at > 0 && this.astray) {
      this.text(text.slice(0, at))
      this.refuse(text.slice(at))
    } else if (text !== '' && !/^content-type:/i.test(text)) this.text(text)
  }

  private beginHeader(length: number, text: string, at: number): void {
    this.announced = length
    this.before = text.slice(0, at)
    this.header.push(text)
    if (at === 0) this.astray = false
  }

  /** Was what came after text a header? Then JSON follows. */
  private confirm(first: number | undefined): boolean {
    this.doubted = false
    if (!opensJson(first)) {
      this.body.missing = 0
      this.giveUpHeader()
      return false
    }
    this.header = []
    const { before } = this
    this.before = ''
    if (before.trim() !== '') this.text(before)
    this.astray = false
    return true
  }

  private refuse(text: string): void {
    this.astray = true
    this.receiver.wrong?.(`Rejected a header: ${text.slice(0, 100)}`)
    this.receiver.plain(text)
  }

  private tellWrong(): void {
    this.receiver.wrong?.(`A Content-Length of ${this.body.bytes} is larger than its message`)
  }

  /** A message may follow a header that was rejected. */
  private text(text: string): void {
    if (this.astray && text.startsWith('{')) this.receiver.line(text)
    else this.receiver.plain(text)
  }

  private giveUpHeader(): void {
    for (const text of this.header) this.text(text)
    this.header = []
    this.before = ''
    this.doubted = false
    this.announced = undefined
  }
}
