import { cancelled, streamOverflow } from '../errors/local-errors.js'
import type { RpcError } from '../errors/rpc-error.js'
import type { CallStream, StreamEvents } from './call-stream.js'
import { DelayedCredit } from './delayed-credit.js'
import type { OutgoingQueue } from './outgoing-queue.js'
import type { PendingCall } from './pending-calls.js'

/** What a peer does for the streams that are read here: it sends credit, and a stream may cancel its call. */
export class StreamControl implements StreamEvents {
  readonly maxQueuedBytes: number
  private readonly outgoing: OutgoingQueue
  private readonly cancel: (call: PendingCall, error: RpcError) => void
  private readonly delayedCredit = new DelayedCredit()

  constructor(
    maxQueuedBytes: number,
    outgoing: OutgoingQueue,
    cancel: (call: PendingCall, error: RpcError) => void,
  ) {
    this.maxQueuedBytes = maxQueuedBytes
    this.outgoing = outgoing
    this.cancel = cancel
  }

  sendCredit(id: number, items: number): void {
    this.outgoing.credit(id, items)
  }

  creditLater(stream: CallStream): void {
    this.delayedCredit.add(stream)
  }

  cancelStream(call: PendingCall, reason: unknown): void {
    this.cancel(call, cancelled(call.member.name, reason))
  }

  overflowed(call: PendingCall): void {
    this.cancel(call, streamOverflow(call.member.name, this.maxQueuedBytes))
  }
}
