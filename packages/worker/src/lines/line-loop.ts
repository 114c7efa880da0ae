/** What a loop tells its worker. */
export interface LoopEvents {
  /** The loop has taken lines. Not told for each. */
  took(): void
  /** The loop was left before its end. */
  left(): void
}

// What an entry costs beside its characters.
const overhead = 16

/** The lines that a `for await` loop has yet to see. Lines are handed over in batches: a pull costs no search. */
export class LineLoop implements AsyncIterableIterator<string, undefined> {
  readonly #owner: LoopEvents
  /** Being read; a new batch begins when it is through. */
  #batch: string[] = []
  #position = 0
  #arrived: string[] = []
  #size = 0
  #over = false
  #pulls: ((result: IteratorResult<string, undefined>) => void)[] = []

  constructor(owner: LoopEvents) {
    this.#owner = owner
  }

  /** How much waits: characters, and a little for each line. */
  get size(): number {
    return this.#size
  }

  push(line: string): void {
    if (this.#over) return
    const pull = this.#pulls.shift()
    if (pull) {
      pull({ value: line, done: false })
      return
    }
    this.#arrived.push(line)
    this.#size += line.length + overhead
  }

  /** Loses the oldest lines until at most `limit` waits; returns how many. */
  dropTo(limit: number): number {
    let lost = 0
    while (this.#size > limit && this.#shift() !== undefined) lost += 1
    return lost
  }

  /** No more lines will come; those that wait are still handed out. */
  end(): void {
    this.#over = true
    for (const pull of this.#pulls) pull({ value: undefined, done: true })
    this.#pulls = []
  }

  next(): Promise<IteratorResult<string, undefined>> {
    const value = this.#take()
    if (value !== undefined) return Promise.resolve({ value, done: false })
    if (this.#over) return Promise.resolve({ value: undefined, done: true })
    return new Promise(resolve => this.#pulls.push(resolve))
  }

  /** The loop was left: `break`, `return`, `throw`. */
  return(): Promise<IteratorResult<string, undefined>> {
    this.#batch = []
    this.#arrived = []
    this.#position = 0
    this.#size = 0
    this.end()
    this.#owner.left()
    return Promise.resolve({ value: undefined, done: true })
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  #take(): string | undefined {
    const line = this.#shift()
    // Telling once a batch would be too late for a batch of large lines, each line too often.
    if ((this.#position & 63) === 0 || this.#position === this.#batch.length) this.#owner.took()
    return line
  }

  #shift(): string | undefined {
    if (this.#position === this.#batch.length) {
      if (this.#arrived.length === 0) return undefined
      this.#batch = this.#arrived
      this.#arrived = []
      this.#position = 0
    }
    const line = this.#batch[this.#position++]
    if (line !== undefined) this.#size -= line.length + overhead
    return line
  }
}
