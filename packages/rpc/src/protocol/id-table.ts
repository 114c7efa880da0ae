import type { Id } from './message.js'

/** More than are usually open at a time. A power of two. */
const slots = 1024

/**
 * What is open, by ids that mostly count up. The latest are in a ring, where finding, adding and removing one needs no
 * hashing; one that is still open when the ring comes round to its place, or whose id is not an integer, is in a map.
 * (A map alone outgrows itself again and again although it never holds much, and each time leaves its old table to the
 * garbage collector: that was a fifth of a call.)
 */
export class IdTable<T extends { readonly id: Id }> {
  private readonly ring = new Array<T | undefined>(slots).fill(undefined)
  private readonly others = new Map<Id, T>()
  private count = 0

  get size(): number {
    return this.count
  }

  /** Its id is not in the table. */
  add(entry: T): void {
    const { id } = entry
    this.count++
    if (typeof id !== 'number') {
      this.others.set(id, entry)
      return
    }
    const slot = id & (slots - 1)
    const before = this.ring[slot]
    if (before !== undefined) this.others.set(before.id, before)
    this.ring[slot] = entry
  }

  get(id: unknown): T | undefined {
    if (typeof id === 'number') {
      const entry = this.ring[id & (slots - 1)]
      if (entry?.id === id) return entry
    }
    return this.others.size === 0 ? undefined : this.others.get(id as Id)
  }

  /** Does nothing for an id that is not in the table. */
  remove(id: Id): void {
    if (typeof id === 'number') {
      const slot = id & (slots - 1)
      if (this.ring[slot]?.id === id) {
        this.ring[slot] = undefined
        this.count--
        return
      }
    }
    if (this.others.delete(id)) this.count--
  }

  /** Integers in their order, then the rest. */
  all(): T[] {
    const numbered = [...this.others.values(), ...this.ring].filter(one => typeof one?.id === 'number')
    const named = [...this.others.values()].filter(({ id }) => typeof id === 'string')
    return [...(numbered as T[]).sort((a, b) => Number(a.id) - Number(b.id)), ...named]
  }

  clear(): void {
    this.ring.fill(undefined)
    this.others.clear()
    this.count = 0
  }
}
