import type { RpcError } from '../errors/rpc-error.js'

/** What a peer tells whoever joined it to a channel. */
export interface PeerEvents {
  /** Calls of ours are open now, or none are any more. */
  busy(busy: boolean): void
  /** Somebody listens to notifications now, or nobody does any more. */
  listening(any: boolean): void
  /** The last request that ran here is over. */
  idle(): void
  /** A line that is no message. */
  plain(line: string): void
  /** A line that was too long to be kept. */
  skipped(head: Buffer, bytes: number): void
  /** The other side's contract does not match. */
  mismatch(error: RpcError): void
  /** No answer came within `startTimeout`. */
  startTimedOut(ms: number): void
}
