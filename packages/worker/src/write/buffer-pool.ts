/**
 * Memory that is borrowed and returned, to be used again: memory that was never used before is slow to allocate.
 * One piece at most is kept.
 */
export class BufferPool {
  readonly #bytes: number
  #spare: Buffer<ArrayBuffer> | undefined

  constructor(bytes: number) {
    this.#bytes = bytes
  }

  take(): Buffer<ArrayBuffer> {
    const taken = this.#spare ?? Buffer.allocUnsafeSlow(this.#bytes)
    this.#spare = undefined
    return taken
  }

  /** It must no longer be used by the caller. */
  give(memory: Buffer<ArrayBuffer>): void {
    this.#spare = memory
  }
}
