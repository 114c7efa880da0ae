/** A queue: first in, first out. Taking is as cheap from a long one as from a short one. */
export class Fifo<T> implements Iterable<T> {
  #items: (T | undefined)[] = []
  #first = 0

  get size(): number {
    return this.#items.length - this.#first
  }

  /** The next one to be taken, if there is one. */
  get first(): T | undefined {
    return this.#items[this.#first]
  }

  push(item: T): void {
    this.#items.push(item)
  }

  /** Takes the first. Undefined when there is none. */
  shift(): T | undefined {
    const first = this.#first
    if (first === this.#items.length) return undefined
    const item = this.#items[first]
    // What was taken must not be kept alive by the queue.
    this.#items[first] = undefined
    this.#first = first + 1
    if (this.#first === this.#items.length) this.clear()
    else if (this.#first >= compactFrom && this.#first * 2 > this.#items.length) this.#compact()
    return item
  }

  /** Takes one out of the middle. False if it is not in the queue. */
  remove(item: T): boolean {
    const index = this.#items.indexOf(item, this.#first)
    if (index < 0) return false
    this.#items.splice(index, 1)
    return true
  }

  /** Keeps only those that fit. */
  retain(fits: (item: T) => boolean): void {
    this.#items = [...this].filter(fits)
    this.#first = 0
  }

  clear(): void {
    this.#items.length = 0
    this.#first = 0
  }

  *[Symbol.iterator](): IterableIterator<T> {
    for (let index = this.#first; index < this.#items.length; index++) yield this.#items[index] as T
  }

  #compact(): void {
    this.#items = this.#items.slice(this.#first)
    this.#first = 0
  }
}

/** Fewer taken items than this are not worth moving the others for. */
const compactFrom = 1024
