import type { JsonParts } from '../json/json-parts.js'
import type { TextOutput } from '../transport/text-output.js'
import type { ItemBatch } from './item-batch.js'

/** Where a peer's messages leave, if it is connected: a trace sees them first. */
export class Outbox {
  /** How many bytes may wait for the other side to read them before nothing more should be sent. */
  readonly limit: number
  private readonly trace: ((text: string) => void) | undefined
  private output: TextOutput | undefined = undefined
  private batches: ItemBatch[] = []
  /** How much text is in them. */
  gathered = 0

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
    if (this.batches.length > 0) this.flush()
    this.trace?.(text.toString())
    if (typeof text === 'string') this.output?.send(text)
    else if (this.output?.sendParts !== undefined) this.output.sendParts(text.parts)
    else this.output?.send(text.toString())
  }

  /** Sends a batch before the next other message, and at the end of the turn. */
  gather(batch: ItemBatch): void {
    // Behind everything that runs in this turn: what is made without waiting is made by then.
    if (this.batches.push(batch) === 1) process.nextTick(flush, this)
  }

  /** Sends what was gathered, so that what follows it arrives behind it. */
  flush(): void {
    const { batches } = this
    this.batches = []
    for (const batch of batches) batch.flush()
  }

  /** Sends one of many messages, which more will follow soon. */
  sendItems(text: string): void {
    this.trace?.(text)
    if (this.output?.sendItems !== undefined) this.output.sendItems(text)
    else this.output?.send(text)
  }

  get bufferedAmount(): number {
    return (this.output?.bufferedAmount ?? 0) + this.gathered
  }

  /**
   * Does more than the limit wait already? Asked before a message is sent and not with it, so that one that is larger than
   * the limit goes when nothing else waits.
   */
  get isFull(): boolean {
    return this.bufferedAmount > this.limit
  }

  drained(): Promise<void> {
    // Who waits for this in a loop lets no turn end.
    this.flush()
    return this.output?.drained() ?? Promise.resolve()
  }
}

const flush = (outbox: Outbox): void => outbox.flush()
