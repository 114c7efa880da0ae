import type { JsonParts } from '../json/json-parts.js'
import type { TextOutput } from '../transport/text-output.js'

/** Where a peer's messages leave, if it is connected: a trace sees them first. */
export class Outbox {
  /** How many bytes may wait for the other side to read them before nothing more should be sent. */
  readonly limit: number
  private readonly trace: ((text: string) => void) | undefined
  private output: TextOutput | undefined = undefined

  constructor(limit: number, trace?: (text: string) => void) {
    this.limit = limit
    this.trace = trace
  }

  open(output: TextOutput): void {
    this.output = output
  }

  /** What is sent from now on goes nowhere. */
  close(): void {
    this.output = undefined
  }

  send(text: string | JsonParts): void {
    this.trace?.(text.toString())
    if (typeof text === 'string') this.output?.send(text)
    else if (this.output?.sendParts !== undefined) this.output.sendParts(text.parts)
    else this.output?.send(text.toString())
  }

  /** Sends one of many messages, which more will follow soon. */
  sendItem(text: string): void {
    this.trace?.(text)
    if (this.output?.sendItem !== undefined) this.output.sendItem(text)
    else this.output?.send(text)
  }

  get bufferedAmount(): number {
    return this.output?.bufferedAmount ?? 0
  }

  /**
   * Does more than the limit wait already? Asked before a message is sent and not with it, so that one that is larger than
   * the limit goes when nothing else waits.
   */
  get isFull(): boolean {
    return this.bufferedAmount > this.limit
  }

  drained(): Promise<void> {
    return this.output?.drained() ?? Promise.resolve()
  }
}
