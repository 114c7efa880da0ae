import { printable } from '@simple-ipc/worker'

import { ByteBlocks } from './byte-blocks.js'
import { defaultMaxMessageBytes } from './default-limits.js'
import { FrameBody } from './frame-body.js'
import { beginsHeader, headerAt, lengthIn, longestHeader } from './header-line.js'
import { isJson, isSpace, JsonEnd, opensJson } from './json-end.js'
import type { Decoder } from './stream-reader.js'
import type { Receiver } from './transport.js'

export const headersDecoder = (receiver: Receiver, maxMessageBytes = defaultMaxMessageBytes): Decoder =>
  new HeadersDecoder(receiver, maxMessageBytes)

/** A line of headers, or of anything else, is not kept longer than this; nor is a header. */
const longestLine = 64 * 1024
const LF = 10

/**
 * Between messages it reads lines. One that begins with `Content-Length:` and a positive integer begins a header, which
 * an empty line ends; so does one that ends with that, behind text without a line end, if JSON follows. Everything else
 * outside a header is a plain line. A length that is wrong costs no more than its own message. What is told depends on
 * the bytes alone, not on the pieces in which they come, and each byte is looked at a few times.
 */
class HeadersDecoder implements Decoder {
  private readonly receiver: Receiver
  private readonly line = new ByteBlocks()
  /** Where the JSON ends that a line begins with: looked for behind a header that was rejected. */
  private lineJson: JsonEnd | undefined
  /** The length in the header that has begun, and the lines of that header. */
  private announced: number | undefined
  private header: string[] = []
  private headerLength = 0
  /** The text in front of the header, on the same line. */
  private before = ''
  /** There is such text, and whether it was a header shows at the first byte of the body. */
  private doubted = false
  /** A header was rejected: its body, which has no line end, is joined to the next header. */
  private astray = false
  private readonly body: FrameBody
  /** The body is whole already: what is missing can be spaces only. */
  private whole = false

  constructor(receiver: Receiver, limit: number) {
    this.receiver = receiver
    this.body = new FrameBody(limit)
  }

  push(bytes: Uint8Array): void {
    let chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    while (chunk.length > 0) chunk = this.body.missing > 0 ? this.readBody(chunk) : this.readLine(chunk)
  }

  /** An incomplete body is dropped; text is not. */
  end(): void {
    this.giveUpHeader()
    if (this.body.missing === 0 && this.line.length > 0) this.text(this.takeLine())
    this.body.drop()
  }

  private readBody(chunk: Buffer): Buffer {
    if (this.doubted && !this.confirm(chunk[0])) return chunk
    if (this.whole) return this.readSpaces(chunk)
    const text = this.body.atOnce(chunk)
    if (text !== undefined) {
      this.receiver.body(text)
      return chunk.subarray(this.body.bytes)
    }
    const { used, end } = this.body.push(chunk)
    if (end !== undefined) this.endBody()
    if (end === 'json') this.whole = true
    if (end === 'header') this.readHeaderInside()
    return chunk.subarray(used)
  }

  /** A whole message is passed on although its header announced more: it may be the answer without which nothing comes. */
  private endBody(): void {
    const { body, length, isKept } = this.body.take()
    if (isKept) this.receiver.body(body.toString())
    else this.receiver.skipped(body, length)
  }

  private readSpaces(chunk: Buffer): Buffer {
    const end = Math.min(chunk.length, this.body.missing)
    let count = 0
    while (count < end && isSpace(chunk[count])) count++
    this.body.missing -= count
    if (count < end) {
      this.tellWrong()
      this.body.missing = 0
    }
    this.whole = this.body.missing > 0
    return chunk.subarray(count)
  }

  /** The next header began inside the body, which may have its beginning only. */
  private readHeaderInside(): void {
    const { header } = this.body
    this.tellWrong()
    this.body.missing = 0
    this.line.append(Buffer.from(header.replace('\n', '')))
    if (header.endsWith('\n')) this.endLine()
  }

  private readLine(chunk: Buffer): Buffer {
    if (this.line.length === 0)
      this.lineJson = this.astray && opensJson(chunk[0]) ? new JsonEnd(longestLine) : undefined
    const room = chunk.subarray(0, longestLine - this.line.length)
    const lineEnd = room.indexOf(LF)
    const part = lineEnd < 0 ? room : room.subarray(0, lineEnd)
    const jsonEnd = this.lineJson?.find(part) ?? -1
    if (jsonEnd >= 0) {
      this.line.append(part.subarray(0, jsonEnd))
      this.endLineJson()
      return chunk.subarray(jsonEnd)
    }
    this.line.append(part)
    if (lineEnd >= 0) {
      this.endLine()
      return chunk.subarray(lineEnd + 1)
    }
    if (this.line.length === longestLine) this.cutLine()
    return chunk.subarray(part.length)
  }

  /** A message behind a header that was rejected has no line end: what follows may not come before it is answered. */
  private endLineJson(): void {
    this.lineJson = undefined
    // What is not JSON here will not be with more behind it.
    if (!isJson(this.line.all())) return
    this.giveUpHeader()
    this.text(this.takeLine())
  }

  /** Passes on what has arrived of a long line, except its end, which may be the beginning of a header. */
  private cutLine(): void {
    this.giveUpHeader()
    this.lineJson = undefined
    const line = this.line.take()
    let at = line.length - longestHeader
    // Not inside a character, whose first byte is at most three before.
    for (let i = 0; i < 3 && ((line[at] ?? 0) & 0xc0) === 0x80; i++) at--
    this.receiver.plain(line.toString('utf8', 0, at))
    this.line.append(line.subarray(at))
  }

  private takeLine(): string {
    this.lineJson = undefined
    const text = this.line.take().toString()
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
      if (!this.doubted) this.forgetHeader()
    } else if (/^[\w-]+:/.test(text) && this.headerLength + text.length <= longestLine) {
      this.keepHeader(text)
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
    this.keepHeader(text)
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
    this.forgetHeader()
    const { before } = this
    this.before = ''
    if (before.trim() !== '') this.text(before)
    this.astray = false
    return true
  }

  private refuse(text: string): void {
    this.astray = true
    this.receiver.wrong?.(`Rejected a header: ${printable(text, 100)}`)
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
    this.forgetHeader()
    this.before = ''
    this.doubted = false
    this.announced = undefined
  }

  private keepHeader(text: string): void {
    this.header.push(text)
    this.headerLength += text.length
  }

  private forgetHeader(): void {
    this.header = []
    this.headerLength = 0
  }
}
