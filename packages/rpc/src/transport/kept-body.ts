/** Of a body over the limit only the head is kept. */
const headBytes = 1024

/** The body of a framed message while it is read: how much is missing, and what is kept of it. */
export class KeptBody {
  /** As its header announced. */
  bytes = 0
  missing = 0
  private readonly limit: number
  private parts: Buffer[] = []
  private kept = 0

  constructor(limit: number) {
    this.limit = limit
  }

  get isTooLarge(): boolean {
    return this.bytes > this.limit
  }

  begin(bytes: number): void {
    this.missing = this.bytes = bytes
  }

  /** Takes what belongs to it from the front of a chunk; returns the rest. */
  push(chunk: Buffer): Buffer {
    const part = chunk.subarray(0, this.missing)
    this.missing -= part.length
    const room = this.isTooLarge ? headBytes - this.kept : part.length
    if (room > 0) {
      // The stream may use its memory again.
      const copy = Buffer.from(part.subarray(0, room))
      this.parts.push(copy)
      this.kept += copy.length
    }
    return chunk.subarray(part.length)
  }

  /** The last part of what has arrived, if all of it was kept and it is little enough to be examined. */
  lastOfAtMost(bytes: number): Buffer | undefined {
    const isAll = this.kept > 0 && this.kept === this.bytes - this.missing
    return isAll && this.kept <= bytes ? this.parts.at(-1) : undefined
  }

  take(): Buffer {
    const body = this.parts.length === 1 && this.parts[0] ? this.parts[0] : Buffer.concat(this.parts)
    this.parts = []
    this.kept = 0
    return body
  }

  /** What was taken is not the whole body: more will come. */
  putBack(body: Buffer): void {
    this.parts = [body]
    this.kept = body.length
  }

  drop(): void {
    this.missing = 0
    this.parts = []
    this.kept = 0
  }
}
