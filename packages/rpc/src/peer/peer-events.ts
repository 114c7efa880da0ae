import type { BacklogEvents } from '../dispatch/backlog.js'
import type { RpcError } from '../errors/rpc-error.js'

/** Callbacks by which a peer reaches whatever connected it to a channel. */
export interface PeerEvents extends BacklogEvents {
  /** The first call was made, or the last one has ended. */
  busy(busy: boolean): void
  /** The first listener was added, or the last one removed. */
  listening(any: boolean): void
  /** The last request that ran here has ended. */
  idle(): void
  /** A line that is not a message. */
  plain(line: string): void
  /** A line that was too long to be kept. */
  skipped(head: Buffer, bytes: number): void
  /** The other side's contract does not match: each call gets an error of its own. */
  mismatch(error: (method: string) => RpcError): void
  /** No answer came within `startTimeout`. */
  startTimedOut(ms: number): void
  /** What is known of the program on the other side, in several lines; undefined where there is none. */
  report(): string | undefined
  /** The last line of that program's stderr, if there is one. */
  lastError(): string | undefined
}
