/**
 * Memory that is taken for a while and given back, to be taken again: memory that was never used yet is slow to come by.
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

  /** Nobody may use it any more. */
  give(memory: Buffer<ArrayBuffer>): void {
    this.#spare = memory
  }
}
