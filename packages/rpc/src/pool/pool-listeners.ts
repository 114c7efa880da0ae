import type { PoolChild } from './pool-child.js'

interface Entry {
  readonly name: string
  readonly listener: (params: unknown) => unknown
  /** How to end it, for each running child. */
  readonly offs: Map<PoolChild, () => void>
}

/** Listeners to the notifications of a pool's children, including those that are started later. */
export class PoolListeners {
  private readonly entries = new Set<Entry>()

  add(name: string, listener: (params: unknown) => unknown, children: readonly PoolChild[]): () => void {
    const entry: Entry = { name, listener, offs: new Map() }
    this.entries.add(entry)
    for (const child of children) entry.offs.set(child, child.client.on(name, listener))
    return () => {
      this.entries.delete(entry)
      for (const off of entry.offs.values()) off()
      entry.offs.clear()
    }
  }

  started(child: PoolChild): void {
    for (const { name, listener, offs } of this.entries) offs.set(child, child.client.on(name, listener))
  }

  gone(child: PoolChild): void {
    for (const { offs } of this.entries) {
      offs.get(child)?.()
      offs.delete(child)
    }
  }
}
