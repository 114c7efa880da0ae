interface Node<T> {
  readonly value: T
  before: Node<T> | undefined
  after: Node<T> | undefined
}

/** A queue from whose middle something is taken at the same cost as from its front, however long it is. */
export class LinkedList<T extends object> {
  private readonly nodes = new Map<T, Node<T>>()
  private first: Node<T> | undefined = undefined
  private last: Node<T> | undefined = undefined

  get size(): number {
    return this.nodes.size
  }

  /** Appends what is not in it yet. */
  push(value: T): void {
    const node: Node<T> = { value, before: this.last, after: undefined }
    if (this.last === undefined) this.first = node
    else this.last.after = node
    this.last = node
    this.nodes.set(value, node)
  }

  /** Takes the first. Undefined when there is none. */
  shift(): T | undefined {
    const value = this.first?.value
    if (value !== undefined) this.remove(value)
    return value
  }

  /** False if it is not in the queue. */
  remove(value: T): boolean {
    const node = this.nodes.get(value)
    if (node === undefined) return false
    this.nodes.delete(value)
    const { before, after } = node
    if (before === undefined) this.first = after
    else before.after = after
    if (after === undefined) this.last = before
    else after.before = before
    return true
  }
}
