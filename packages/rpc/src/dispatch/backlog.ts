import { Fifo } from '@simple-ipc/worker'

import type { Outbox } from '../protocol/outbox.js'

/** What a request takes besides the bytes of its message, roughly: it waits as an object. */
const requestBytes = 512

export interface BacklogEvents {
  /**
   * The other side does not read what waits for it, and should be kept from asking; or no longer. Returns whether it is: then
   * nothing more comes than what has arrived.
   */
  unread(isFull: boolean): boolean
  /** It goes on asking: this many bytes wait for it, and as much as may wait of what it asked for since. Nothing more is sent. */
  flooded(buffered: number): void
}

/**
 * What the other side asks for while it does not read the answers that it has. Requests wait here, so that their answers
 * do not; what is refused at once is counted. When that is more than may wait, the other side will not read at all.
 */
export class Backlog {
  private readonly outbox: Outbox
  private readonly events: BacklogEvents
  private readonly waiting = new Fifo<{ start: () => void; bytes: number }>()
  private waitingBytes = 0
  private refusedBytes = 0
  private session = 0
  /** Somebody will look whether there is room again. */
  private isWatching = false
  /** The other side is kept from asking. */
  private isPaused = false
  private isTold = false

  constructor(outbox: Outbox, events: BacklogEvents) {
    this.outbox = outbox
    this.events = events
  }

  /** Must a request wait? */
  get isBlocked(): boolean {
    if (this.waiting.size > 0 && !this.outbox.isFull) this.startWaiting()
    return this.waiting.size > 0 || this.outbox.isFull
  }

  /** Calls `start` when there is room, in the order of these calls. @param bytes of the request's message */
  wait(start: () => void, bytes: number): void {
    this.waiting.push({ start, bytes: bytes + requestBytes })
    this.waitingBytes += bytes + requestBytes
    this.check()
  }

  /** Something was answered at once, with this many bytes. */
  answered(bytes: number): void {
    if (!this.outbox.isFull) return
    this.refusedBytes += bytes
    this.check()
  }

  /** The session is over. */
  forget(): void {
    this.session++
    this.waiting.clear()
    this.waitingBytes = this.refusedBytes = 0
    this.isWatching = this.isPaused = this.isTold = false
  }

  private check(): void {
    this.watch()
    if (this.isPaused || this.isTold) return
    if (this.waitingBytes + this.refusedBytes > this.outbox.limit) {
      this.isTold = true
      const { bufferedAmount } = this.outbox
      this.outbox.close()
      this.events.flooded(bufferedAmount)
    }
  }

  private watch(): void {
    if (this.isWatching) return
    this.isWatching = true
    const { session } = this
    this.isPaused = this.events.unread(true)
    void this.outbox.drained().then(() => {
      if (session !== this.session) return
      this.isWatching = false
      this.startWaiting()
      if (this.waiting.size > 0) this.watch()
      else this.isPaused = this.events.unread(false)
    })
  }

  private startWaiting(): void {
    this.refusedBytes = 0
    while (!this.outbox.isFull) {
      const next = this.waiting.shift()
      if (next === undefined) return
      this.waitingBytes -= next.bytes
      next.start()
    }
  }
}
