/** The windows of a stream, on both sides (protocol, section 6). Pure. */

const windowItems = 4096
export const windowBytes = 1024 * 1024
const creditItems = 2048
const creditBytes = 512 * 1024

/** The sending side: how much was sent and not yet acknowledged. Nothing may be sent while it is not open. */
export class SendWindow {
  /** A ring, for never more are outstanding than the window has room for. */
  private readonly sizes: number[] = []
  private first = 0
  private items = 0
  private bytes = 0
  private unlimited = false

  /** The last item may exceed the limit of bytes. */
  get isOpen(): boolean {
    return this.unlimited || (this.items < windowItems && this.bytes < windowBytes)
  }

  /** `bytes`: of the item's JSON text. */
  sent(bytes: number): void {
    if (this.unlimited) return
    this.sizes[(this.first + this.items++) % windowItems] = bytes
    this.bytes += bytes
  }

  /** More than are outstanding counts as all; anything but an integer of at least 1 is ignored. */
  credit(items: unknown): void {
    if (!Number.isInteger(items) || (items as number) < 1) return
    const count = Math.min(this.items, items as number)
    for (let i = 0; i < count; i++) this.bytes -= this.sizes[(this.first + i) % windowItems] ?? 0
    this.first = (this.first + count) % windowItems
    this.items -= count
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

  /** So many more, with so many bytes each, about. Returns how many items to acknowledge now; usually 0. */
  consumed(items: number, bytes: number): number {
    this.items += items
    this.bytes += items * bytes
    return this.items >= creditItems || this.bytes >= creditBytes ? this.take() : 0
  }

  /** For when everything that arrived has been read. */
  take(): number {
    const { items } = this
    this.items = 0
    this.bytes = 0
    return items
  }
}
