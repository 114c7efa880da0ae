import type { CallStream } from './call-stream.js'

/** Tells streams when everything that arrived in a turn of the event loop was handed over. */
export class TurnEnd {
  private waiting: Set<CallStream> | undefined = undefined

  add(stream: CallStream): void {
    if (this.waiting === undefined) {
      this.waiting = new Set()
      setImmediate(end, this)
    }
    this.waiting.add(stream)
  }

  come(): void {
    const streams = this.waiting
    this.waiting = undefined
    if (streams !== undefined) for (const stream of streams) stream.endOfTurn()
  }
}

const end = (turn: TurnEnd): void => turn.come()
