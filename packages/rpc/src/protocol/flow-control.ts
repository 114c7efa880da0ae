/** The windows of a stream, on both sides (protocol, section 6). Pure. */

const windowItems = 256
export const windowBytes = 1024 * 1024
const creditItems = 128
const creditBytes = 512 * 1024

/** The sending side: how much was sent and not yet acknowledged. */
export class SendWindow {
  private readonly sizes: number[] = []
  private first = 0
  private bytes = 0
  private unlimited = false

  /** The last item may go over the limit of bytes. */
  get isOpen(): boolean {
    return this.unlimited || (this.sizes.length - this.first < windowItems && this.bytes < windowBytes)
  }

  /** `bytes`: of the item's whole message, without line end or header. */
  sent(bytes: number): void {
    if (this.unlimited) return
    this.sizes.push(bytes)
    this.bytes += bytes
  }

  /** More than are outstanding counts as all; anything but an integer of at least 1 is ignored. */
  credit(items: unknown): void {
    if (!Number.isInteger(items) || (items as number) < 1) return
    const end = Math.min(this.sizes.length, this.first + (items as number))
    while (this.first < end) this.bytes -= this.sizes[this.first++] ?? 0
    // The tail is moved at most once for each window that was filled: constant time an item.
    if (this.first >= windowItems || this.first === this.sizes.length) {
      this.sizes.splice(0, this.first)
      this.first = 0
    }
  }

  /** No more credit will come, and none is needed. */
  open(): void {
    this.unlimited = true
  }
}

/** The reading side: how much was consumed and not yet acknowledged. */
export class ReceiveWindow {
  private items = 0
  private bytes = 0

  /** Answers how many items to acknowledge now; usually 0. */
  consumed(bytes: number): number {
    this.items++
    this.bytes += bytes
    return this.items >= creditItems || this.bytes >= creditBytes ? this.take() : 0
  }

  /** For when nothing that arrived is left unread. */
  take(): number {
    const { items } = this
    this.items = 0
    this.bytes = 0
    return items
  }
}
