import type { CallStream } from './call-stream.js'

/** How long credit may be delayed so that more goes with it, in milliseconds. */
const delayMs = 5

/**
 * Acknowledges what was read of streams even if it is little, for callees may wait for it. Not at once, since each
 * credit is a write that wakes the other process: while much arrives, the credit for half a window is soon due anyway.
 */
export class DelayedCredit {
  private waiting: Set<CallStream> | undefined = undefined

  add(stream: CallStream): void {
    if (this.waiting === undefined) {
      this.waiting = new Set()
      // A call that is open keeps its process alive by itself.
      setTimeout(give, delayMs, this).unref()
    }
    this.waiting.add(stream)
  }

  give(): void {
    const streams = this.waiting
    this.waiting = undefined
    if (streams !== undefined) for (const stream of streams) stream.creditRest()
  }
}

const give = (credit: DelayedCredit): void => credit.give()
