const longest = 1000

/** The last 20 lines of a stream, each at most 1000 characters: enough to see why a program ended, and bounded. */
export class LastLines {
  static readonly count = 20
  readonly #ring: string[] = []
  #next = 0

  push(line: string): void {
    // Through bytes, because a slice would keep the whole long line alive.
    this.#ring[this.#next] =
      line.length > longest ? Buffer.from(line.slice(0, longest)).toString() + '…' : line
    this.#next = this.#next + 1 === LastLines.count ? 0 : this.#next + 1
  }

  toArray(): string[] {
    return [...this.#ring.slice(this.#next), ...this.#ring.slice(0, this.#next)]
  }
}
