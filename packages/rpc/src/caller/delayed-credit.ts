import type { CallStream } from './call-stream.js'

/** So long, in milliseconds, credit may wait for more to go with it. */
const delayMs = 5

/**
 * Tells callees what was read of their streams even if it is little, for they may wait for it. Not at once, for each
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
