import { Socket } from 'node:net'
import { BufferPool } from './buffer-pool.js'

/** Text longer than this, in characters, is encoded and written piece by piece. */
const pieceLength = 1024 * 1024
/**
 * The same where a stream is known to be done with the bytes when it says so: all pieces are then encoded into the
 * same memory. In UTF-8 a character takes up to three bytes.
 */
const socketPieceLength = 64 * 1024
const mostBytes = 3
const memory = new BufferPool(socketPieceLength * mostBytes)

/** The part of a stream that is used. */
export interface PieceOutput {
  write(data: string | Uint8Array, encoding: BufferEncoding, done: (error?: Error | null) => void): unknown
  end(): unknown
  /** Whether the bytes of a write are used no more once it is done, as with every socket. */
  readonly keepsNoBytes?: boolean
}

/** Text or bytes on their way, and how much of a text is. */
interface Waiting {
  data: string | Uint8Array
  encoding: BufferEncoding
  at: number
  done: () => void
}

/**
 * Writes text to a stream in its order, a long one in pieces, each when the one before is on its way: encoded as a
 * whole it would be in memory twice, and leave the processor's caches. Text that is ASCII, which its length in bytes
 * tells, is encoded as such, in a fraction of the time.
 */
export class PieceWriter {
  readonly #stream: PieceOutput
  readonly #pieceLength: number
  readonly #reuses: boolean
  readonly #waiting: Waiting[] = []
  #memory: Buffer<ArrayBuffer> | undefined
  #busy = false
  #ending = false

  constructor(stream: PieceOutput) {
    this.#stream = stream
    this.#reuses = stream.keepsNoBytes ?? stream instanceof Socket
    this.#pieceLength = this.#reuses ? socketPieceLength : pieceLength
  }

  /** `bytes` is the length of the data as UTF-8; `done` is called when all of it is on its way. */
  write(data: string | Uint8Array, bytes: number, done: () => void): void {
    const encoding = data.length === bytes ? 'latin1' : 'utf8'
    if (!this.#busy && (data.length <= this.#pieceLength || typeof data !== 'string')) {
      this.#stream.write(data, encoding, done)
      return
    }
    this.#waiting.push({ data, encoding, at: 0, done })
    if (!this.#busy) this.#next()
  }

  /** Ends the stream when everything is on its way. */
  end(): void {
    this.#ending = true
    if (!this.#busy) this.#stream.end()
  }

  /** Takes out what the stream has not been given yet. */
  takeRest(): Uint8Array {
    return Buffer.concat(
      this.#waiting
        .splice(0)
        .map(({ data, encoding, at }) =>
          typeof data === 'string' ? Buffer.from(data.slice(at), encoding) : data,
        ),
    )
  }

  /** Forgets what waits to be written. */
  clear(): void {
    this.#waiting.length = 0
  }

  readonly #next = (): void => {
    const first = this.#waiting[0]
    this.#busy = first !== undefined
    if (first === undefined) {
      if (this.#memory !== undefined) memory.give(this.#memory)
      this.#memory = undefined
      if (this.#ending) this.#stream.end()
      return
    }
    const { data, encoding, at, done } = first
    const end = typeof data === 'string' ? pieceEnd(data, at, this.#pieceLength) : data.length
    first.at = end
    const isLast = end === data.length
    if (isLast) this.#waiting.shift()
    const piece = typeof data === 'string' && (at > 0 || !isLast) ? data.slice(at, end) : data
    this.#stream.write(this.#encoded(piece, encoding), encoding, () => {
      if (isLast) done()
      this.#next()
    })
  }

  #encoded(piece: string | Uint8Array, encoding: BufferEncoding): string | Uint8Array {
    if (!this.#reuses || typeof piece !== 'string') return piece
    this.#memory ??= memory.take()
    return this.#memory.subarray(0, this.#memory.write(piece, encoding))
  }
}

/** Where the piece that begins at `from` ends: never inside a surrogate pair. */
function pieceEnd(text: string, from: number, length: number): number {
  const end = from + length
  if (end >= text.length) return text.length
  return (text.charCodeAt(end - 1) & 0xfc00) === 0xd800 ? end - 1 : end
}
