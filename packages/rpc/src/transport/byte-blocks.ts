const blockBytes = 64 * 1024

/** Bytes that belong together while they arrive. One at a time they need no more memory than in megabytes. */
export class ByteBlocks {
  length = 0
  private blocks: Buffer[] = []
  /** How much of the last block is in use. */
  private used = 0

  /** Copies: a stream may use its memory again. */
  append(bytes: Buffer): void {
    const last = this.blocks.at(-1)
    const fitting = last === undefined ? 0 : bytes.copy(last, this.used)
    this.used += fitting
    this.length += bytes.length
    const rest = bytes.subarray(fitting)
    if (rest.length === 0) return
    // As much again as there is already, so that short texts have small blocks.
    const block = Buffer.allocUnsafe(Math.max(rest.length, Math.min(this.length, blockBytes)))
    this.used = rest.copy(block)
    this.blocks.push(block)
  }

  /** All of them, in one piece. */
  all(): Buffer {
    const [first, ...others] = this.blocks
    if (first !== undefined && others.length === 0) return first.subarray(0, this.used)
    // A block is used up before the next one begins.
    const joined = Buffer.concat(this.blocks, this.length)
    this.blocks = [joined]
    this.used = this.length
    return joined
  }

  /** All of them; then there are none. */
  take(): Buffer {
    const all = this.all()
    this.drop()
    return all
  }

  drop(): void {
    this.blocks = []
    this.used = this.length = 0
  }
}
