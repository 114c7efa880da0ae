import { Fifo } from '../base/fifo.js'

/** Callbacks of a LineLoop. */
export interface LoopEvents {
  /** The loop has taken lines. Not called for each. */
  took(): void
  /** The loop was left before its end. */
  left(): void
}

/** What a line costs in addition to its characters. */
const overhead = 16

/** `took` is called after this many lines, and when none is left: for each line would be too often. */
const tookEvery = 64

/** The lines that a `for await` loop has yet to see. */
export class LineLoop implements AsyncIterableIterator<string, undefined> {
  readonly #events: LoopEvents
  readonly #lines = new Fifo<string>()
  #size = 0
  #taken = 0
  #over = false
  readonly #pulls = new Fifo<(result: IteratorResult<string, undefined>) => void>()

  constructor(events: LoopEvents) {
    this.#events = events
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
    this.#lines.push(line)
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
    this.#pulls.clear()
  }

  next(): Promise<IteratorResult<string, undefined>> {
    const value = this.#take()
    if (value !== undefined) return Promise.resolve({ value, done: false })
    if (this.#over) return Promise.resolve({ value: undefined, done: true })
    return new Promise(resolve => this.#pulls.push(resolve))
  }

  /** The loop was left: `break`, `return`, `throw`. */
  return(): Promise<IteratorResult<string, undefined>> {
    this.#lines.clear()
    this.#size = 0
    this.end()
    this.#events.left()
    return Promise.resolve({ value: undefined, done: true })
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  #take(): string | undefined {
    const line = this.#shift()
    if (++this.#taken % tookEvery === 0 || this.#lines.size === 0) this.#events.took()
    return line
  }

  #shift(): string | undefined {
    const line = this.#lines.shift()
    if (line !== undefined) this.#size -= line.length + overhead
    return line
  }
}
