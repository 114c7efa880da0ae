import { isAscii } from 'node:buffer'
import { BufferPool } from '../write/buffer-pool.js'
import { lineAt, RecentLines } from './recent-lines.js'

/** Receives the lines of a {@link LineSplitter}, in order. */
export interface LineSink {
  /** One whole line without its LF or CRLF, decoded as UTF-8. */
  line(text: string): void
  /** A line longer than `maxLineBytes`, at its end: its first bytes (at most 1024) and its length without line end. */
  skipped(head: Buffer, bytes: number): void
}

export interface LineSplitterOptions {
  /** The longest line that is kept, in bytes without its line end. Default: 64 MiB. */
  maxLineBytes?: number
  /** Keep the last lines for `lastLine` and `lastLines`. Default: true. Without it no line outlives its delivery. */
  remember?: boolean
}

/** The longest line that is kept by default: 64 MiB. */
export const defaultMaxLineBytes = 64 * 1024 * 1024

const LF = 10
const CR = 13
const headBytes = 1024
/** This much of a long line is decoded at once. Its text is where the garbage collector does not move it. */
const pieceBytes = 1024 * 1024
/** A line beyond this is long. */
const longBytes = 64 * 1024
/** Where long lines are gathered. */
const memory = new BufferPool(pieceBytes)

/**
 * Bytes in, lines out. Lines end with LF or CRLF, and nothing else; a lone CR, NUL and U+2028 are data. Bytes that
 * are not UTF-8 become U+FFFD. Time and memory are linear in the bytes, however they are cut.
 *
 * The chunks handed in are not kept; the sink must not throw.
 */
export class LineSplitter {
  readonly #sink: LineSink
  readonly #maxLineBytes: number
  readonly #recent: RecentLines | undefined
  // The beginning of the line whose end has not arrived: text that was decoded piece by piece, then bytes. Their
  // memory doubles until the line is long, so that it costs linear time whether it comes byte by byte or in megabytes,
  // and is never in memory as bytes and as text at once.
  #text = ''
  #textBytes = 0
  #head: Buffer | undefined
  #start = Buffer.allocUnsafe(256)
  #length = 0
  // Bytes of a line that is already known to be too long; only its first ones are still in #start.
  #skipping = 0
  #lastSkipped = 0

  constructor(sink: LineSink, options: LineSplitterOptions = {}) {
    this.#sink = sink
    this.#maxLineBytes = options.maxLineBytes ?? defaultMaxLineBytes
    this.#recent = options.remember === false ? undefined : new RecentLines()
  }

  /** Takes the next bytes and hands over each line that they complete. */
  push(chunk: Uint8Array): void {
    const bytes = Buffer.isBuffer(chunk)
      ? chunk
      : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    const last = bytes.lastIndexOf(LF)
    if (last < 0) {
      this.#keep(bytes, 0, bytes.length)
      return
    }
    let from = 0
    if (this.partialBytes > 0) {
      from = bytes.indexOf(LF) + 1
      this.#keep(bytes, 0, from - 1)
      this.#endLine(true)
    }
    if (from <= last) {
      // No line among these bytes can be too long if all of them together are not.
      if (last - from <= this.#maxLineBytes) this.#emitAll(bytes, from, last)
      else this.#emitEach(bytes, from, last)
    }
    this.#keep(bytes, last + 1, bytes.length)
  }

  /** The input is over: an unterminated last line counts as a line. */
  end(): void {
    if (this.partialBytes > 0) this.#endLine(false)
  }

  /** The unterminated text so far, without a character whose bytes have not all arrived; empty for a line that is too long. */
  get partial(): string {
    if (this.#skipping > 0) return ''
    return this.#text + decode(this.#start, this.#length - incompleteTail(this.#start, this.#length))
  }

  /** How many bytes of the line that has not ended have arrived. */
  get partialBytes(): number {
    return this.#skipping > 0 ? this.#skipping : this.#textBytes + this.#length
  }

  /** The line that was handed over last. */
  get lastLine(): string | undefined {
    return this.#recent?.lastLine
  }

  /** The lines that were handed over last, at most 20. */
  get lastLines(): string[] {
    return this.#recent?.toArray() ?? []
  }

  /** Hands over the lines of bytes[from, last], where bytes[last] is a LF, with one decoding for all of them. */
  #emitAll(bytes: Buffer, from: number, last: number): void {
    const block = bytes.subarray(from, last + 1)
    const text = decode(block, block.length)
    const sink = this.#sink
    const recent = this.#recent
    recent?.beginBlock(text)
    for (let position = 0, end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', position)) {
      const line = lineAt(text, position, end)
      recent?.note(position, end)
      position = end + 1
      sink.line(line)
    }
  }

  /** The same line by line, for bytes among which may be a line that is too long. */
  #emitEach(bytes: Buffer, from: number, last: number): void {
    for (let position = from; position <= last;) {
      const end = bytes.indexOf(LF, position)
      this.#keep(bytes, position, end)
      this.#endLine(true)
      position = end + 1
    }
  }

  /** Adds bytes to the line that has not ended. */
  #keep(bytes: Buffer, from: number, to: number): void {
    const count = to - from
    if (count <= 0) return
    // One byte more than allowed may still be the CR of a CRLF; two cannot.
    const tooLong = this.#textBytes + this.#length + count > this.#maxLineBytes + 1
    if (tooLong && this.#skipping === 0) this.#beginSkipping()
    if (this.#skipping > 0) {
      this.#skip(bytes, from, to)
      return
    }
    for (let position = from; position < to;) {
      const taken = Math.min(to - position, pieceBytes - this.#length)
      const length = this.#length + taken
      if (length > this.#start.length) this.#grow(length)
      bytes.copy(this.#start, this.#length, position, position + taken)
      this.#length = length
      position += taken
      if (length === pieceBytes) this.#decodePiece()
    }
  }

  #grow(length: number): void {
    const grown =
      length > longBytes
        ? memory.take()
        : Buffer.allocUnsafe(Math.max(length, Math.min(longBytes, this.#start.length * 2)))
    this.#start.copy(grown, 0, 0, this.#length)
    this.#start = grown
  }

  /** Bytes become text, but for those whose meaning the next ones decide: a character that is not whole, or a CR. */
  #decodePiece(): void {
    const start = this.#start
    const rest = start[this.#length - 1] === CR ? 1 : incompleteTail(start, this.#length)
    const bytes = this.#length - rest
    this.#head ??= Buffer.from(start.subarray(0, headBytes))
    this.#text += decode(start, bytes)
    this.#textBytes += bytes
    this.#length = start.copy(start, 0, bytes, this.#length)
  }

  /** The line is too long: only its first bytes are kept, in `#start`. */
  #beginSkipping(): void {
    this.#skipping = this.#textBytes + this.#length
    const first = this.#head ?? this.#start.subarray(0, this.#length)
    const head = Buffer.allocUnsafe(headBytes)
    this.#length = first.copy(head, 0, 0, headBytes)
    this.#start = head
    this.#forgetText()
  }

  #skip(bytes: Buffer, from: number, to: number): void {
    this.#skipping += to - from
    this.#lastSkipped = bytes[to - 1] ?? 0
    this.#length += bytes.copy(this.#start, this.#length, from, Math.min(to, from + headBytes - this.#length))
  }

  #forgetText(): void {
    this.#text = ''
    this.#textBytes = 0
    this.#head = undefined
  }

  /** Hands over the line that is kept. Its state is given up first: the sink may push again or never return. */
  #endLine(terminated: boolean): void {
    const start = this.#start
    const length = this.#length
    const skipped = this.#skipping
    const text = this.#text
    const textBytes = this.#textBytes
    const head = this.#head
    this.#length = 0
    this.#skipping = 0
    this.#forgetText()
    if (skipped > 0) {
      this.#start = Buffer.allocUnsafe(256)
      const bytes = terminated && this.#lastSkipped === CR ? skipped - 1 : skipped
      this.#sink.skipped(start.subarray(0, Math.min(length, bytes)), bytes)
      return
    }
    const end = terminated && length > 0 && start[length - 1] === CR ? length - 1 : length
    if (textBytes + end > this.#maxLineBytes) {
      this.#sink.skipped(head ?? Buffer.from(start.subarray(0, Math.min(headBytes, end))), textBytes + end)
      return
    }
    const line = text + decode(start, end)
    // One long line should not hold its memory for good.
    if (start.length > longBytes) {
      memory.give(start)
      this.#start = Buffer.allocUnsafe(256)
    }
    this.#recent?.push(line)
    this.#sink.line(line)
  }
}

/** bytes[0, length] as text. */
function decode(bytes: Buffer, length: number): string {
  // The same text, in a third of the time.
  return isAscii(bytes.subarray(0, length))
    ? bytes.toString('latin1', 0, length)
    : bytes.toString('utf8', 0, length)
}

/** How many bytes at the end of bytes[0, length] begin a UTF-8 character that is not whole yet. */
function incompleteTail(bytes: Buffer, length: number): number {
  for (let back = 1; back <= Math.min(3, length); back++) {
    const byte = bytes[length - back] ?? 0
    if (byte < 0x80) return 0
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? back : 0
  }
  return 0
}
