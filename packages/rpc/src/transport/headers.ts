import { defaultMaxMessageBytes } from '../limits.js'
import type { Frame } from './frame.js'
import { StreamReader, type Decoder } from './stream-reader.js'
import { StreamWriter, type Output } from './stream-writer.js'
import type { Receiver } from './transport.js'
import type { LinesOptions } from './lines.js'

/** `Content-Length: N`, an empty line, N bytes: as language servers speak. */
export const headerFrame: Frame = {
  before: (...parts) =>
    `Content-Length: ${parts.reduce((sum, part) => sum + Buffer.byteLength(part), 0)}\r\n\r\n`,
  after: '',
}

/** Reads messages from a stream, each behind a header. It finds its way again after text that is no message. */
export class HeadersMessageReader extends StreamReader {
  constructor(stream: NodeJS.ReadableStream, options: LinesOptions = {}) {
    super(stream, receiver => headersDecoder(receiver, options.maxMessageBytes), options.onPlainLine)
  }
}

/** Writes messages to a stream, each behind a header. */
export class HeadersMessageWriter extends StreamWriter {
  constructor(stream: Output) {
    super(stream, headerFrame)
  }
}

export const headersDecoder = (receiver: Receiver, maxMessageBytes = defaultMaxMessageBytes): Decoder =>
  new HeadersDecoder(receiver, maxMessageBytes)

const name = /^content-length:/i
/** A line of headers, or of anything else, is not kept longer than this. */
const longestLine = 64 * 1024
const headBytes = 1024
const LF = 10
/** No program means a longer message; to skip it would mean to wait for ever. */
const longestBody = 2 ** 32

/**
 * Between messages it reads lines. One that begins with `Content-Length:` and a positive integer begins a header, which
 * an empty line ends; everything else outside a header is a plain line.
 */
class HeadersDecoder implements Decoder {
  private readonly receiver: Receiver
  private readonly limit: number
  private line: Buffer[] = []
  private lineBytes = 0
  /** The length in the header that has begun, and the lines of that header. */
  private announced: number | undefined
  private header: string[] = []
  /** A header was refused: its body, which has no line end, stands glued to the next header. */
  private astray = false
  /** The body that is being read: how much is missing, and what is kept of it. */
  private missing = 0
  private bodyBytes = 0
  private body: Buffer[] = []
  private kept = 0

  constructor(receiver: Receiver, limit: number) {
    this.receiver = receiver
    this.limit = limit
  }

  push(bytes: Uint8Array): void {
    let chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    while (chunk.length > 0) {
      if (this.missing > 0) chunk = this.readBody(chunk)
      else chunk = this.readLine(chunk)
    }
  }

  /** An incomplete body is dropped; text is not. */
  end(): void {
    this.giveUpHeader()
    if (this.missing === 0 && this.lineBytes > 0) this.receiver.plain(this.takeLine())
    this.missing = 0
    this.body = []
  }

  private readBody(chunk: Buffer): Buffer {
    const part = chunk.subarray(0, this.missing)
    this.missing -= part.length
    const room = this.bodyBytes > this.limit ? headBytes - this.kept : part.length
    if (room > 0) {
      // The stream may use its memory again.
      const copy = Buffer.from(part.subarray(0, room))
      this.body.push(copy)
      this.kept += copy.length
    }
    if (this.missing === 0) this.endBody()
    return chunk.subarray(part.length)
  }

  private endBody(): void {
    const body = this.body.length === 1 && this.body[0] ? this.body[0] : Buffer.concat(this.body)
    this.body = []
    this.kept = 0
    if (this.bodyBytes > this.limit) this.receiver.skipped(body, this.bodyBytes)
    else this.receiver.body(body.toString())
  }

  private readLine(chunk: Buffer): Buffer {
    const end = chunk.indexOf(LF)
    const part = chunk.subarray(0, end < 0 ? chunk.length : end)
    if (part.length > 0) this.line.push(Buffer.from(part))
    this.lineBytes += part.length
    if (end >= 0) this.endLine()
    else if (this.lineBytes > longestLine) {
      this.giveUpHeader()
      this.receiver.plain(this.takeLine())
    }
    return chunk.subarray(part.length + (end < 0 ? 0 : 1))
  }

  private takeLine(): string {
    const text = Buffer.concat(this.line).toString()
    this.line = []
    this.lineBytes = 0
    return text.endsWith('\r') ? text.slice(0, -1) : text
  }

  private endLine(): void {
    const text = this.takeLine()
    if (name.test(text)) {
      const length = lengthIn(text)
      // A length of its own begins a new header: the one before had no body.
      this.giveUpHeader()
      if (length === undefined) {
        this.astray = true
        this.receiver.plain(text)
      } else this.beginHeader(length, text)
    } else if (this.announced === undefined) {
      this.otherLine(text)
    } else if (text === '') {
      this.missing = this.bodyBytes = this.announced
      this.announced = undefined
      this.header = []
    } else if (/^[\w-]+:/.test(text)) {
      this.header.push(text)
    } else {
      this.giveUpHeader()
      this.receiver.plain(text)
    }
  }

  /** Outside a header: another header that comes before the length is borne, and so is the rest of one that was refused. */
  private otherLine(text: string): void {
    const glued = this.astray ? text.search(/content-length:[ \t]*\d{1,15}[ \t]*$/i) : -1
    const length = glued < 0 ? undefined : lengthIn(text.slice(glued))
    if (length !== undefined) {
      this.receiver.plain(text.slice(0, glued))
      this.beginHeader(length, text.slice(glued))
    } else if (text !== '' && !/^content-type:/i.test(text)) this.receiver.plain(text)
  }

  private beginHeader(length: number, text: string): void {
    this.astray = false
    this.announced = length
    this.header.push(text)
  }

  private giveUpHeader(): void {
    for (const text of this.header) this.receiver.plain(text)
    this.header = []
    this.announced = undefined
  }
}

function lengthIn(text: string): number | undefined {
  const digits = /^content-length:[ \t]*(\d{1,15})[ \t]*$/i.exec(text)?.[1]
  const length = Number(digits)
  return length > 0 && length <= longestBody ? length : undefined
}
