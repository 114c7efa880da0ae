import type { Writable } from 'node:stream'
import { PieceWriter } from './piece-writer.js'

/** More than this is not gathered into one write, because a string has its limits. */
const largestWrite = 16 * 1024 * 1024

/** Text longer than this is written by itself: to join it with other text would copy it. */
const aloneFrom = 256 * 1024

/**
 * What is sent within one tick leaves as one write. Errors never throw: a stream that broke (EPIPE) accepts no more,
 * and says so by returning false.
 */
export class WriteQueue {
  readonly #stream: Writable
  readonly #pieces: PieceWriter
  readonly #broken: (error: Error) => void
  #parts: (string | Uint8Array)[] = []
  #partBytes = 0
  #onlyText = true
  #buffered = 0
  #open = true
  #waiting: (() => void)[] = []

  /** @param broken called once, when the stream fails: its reader has gone */
  constructor(stream: Writable, broken: (error: Error) => void) {
    this.#stream = stream
    this.#pieces = new PieceWriter(stream)
    this.#broken = broken
    stream.on('error', (error: Error) => {
      if (this.#open) this.#broken(error)
      this.close()
    })
  }

  /** Takes text (as UTF-8) or bytes. False, and nothing is done, when the stream takes no more. */
  write(data: string | Uint8Array): boolean {
    if (!this.#open) return false
    const bytes = typeof data === 'string' ? Buffer.byteLength(data) : data.byteLength
    if (typeof data === 'string' && data.length >= aloneFrom) {
      this.#writeParts()
      this.#buffered += bytes
      this.#put(data, bytes)
      return true
    }
    if (this.#parts.length === 0) process.nextTick(this.#flush)
    else if (this.#partBytes + bytes > largestWrite) this.#writeParts()
    // A copy: a caller that encodes into the same buffer again would change what has not left yet.
    this.#parts.push(typeof data === 'string' ? data : Buffer.from(data))
    if (typeof data !== 'string') this.#onlyText = false
    this.#partBytes += bytes
    this.#buffered += bytes
    return true
  }

  /** Writes what was taken in this tick now. */
  flush(): void {
    if (this.#open) this.#writeParts()
  }

  /** Writes nothing, only to find out whether somebody still reads: if not, the stream fails. */
  probe(): void {
    // On Windows a reader would take a message without bytes for the end of its input.
    if (this.#open && this.#buffered === 0 && process.platform !== 'win32') this.#stream.write('')
  }

  /** Bytes taken that the pipe has not taken yet. */
  get bufferedAmount(): number {
    return this.#buffered
  }

  get open(): boolean {
    return this.#open
  }

  /** Resolves when the pipe has taken everything, or takes no more. */
  drained(): Promise<void> {
    if (this.#buffered === 0) return Promise.resolve()
    return new Promise(resolve => this.#waiting.push(resolve))
  }

  /** Writes what is left, then ends the stream. */
  end(): void {
    if (!this.#open) return
    this.#writeParts()
    this.#open = false
    this.#pieces.end()
  }

  /** Takes no more and forgets what is left. */
  close(): void {
    this.#open = false
    this.#parts = []
    this.#partBytes = 0
    this.#buffered = 0
    this.#pieces.clear()
    this.#stream.destroy()
    this.#settle()
  }

  readonly #flush = (): void => this.flush()

  #writeParts(): void {
    if (this.#parts.length === 0) return
    const bytes = this.#partBytes
    const data = this.#gather()
    this.#parts = []
    this.#partBytes = 0
    this.#onlyText = true
    this.#put(data, bytes)
  }

  #put(data: string | Uint8Array, bytes: number): void {
    this.#pieces.write(data, bytes, () => {
      this.#buffered = Math.max(0, this.#buffered - bytes)
      this.#settle()
    })
  }

  #gather(): string | Uint8Array {
    if (this.#parts.length === 1 && this.#parts[0] !== undefined) return this.#parts[0]
    if (this.#onlyText) return this.#parts.join('')
    return Buffer.concat(this.#parts.map(part => (typeof part === 'string' ? Buffer.from(part) : part)))
  }

  #settle(): void {
    if (this.#buffered > 0 || this.#waiting.length === 0) return
    const waiting = this.#waiting
    this.#waiting = []
    for (const resolve of waiting) resolve()
  }
}
