import type { ProtocolError } from '../errors/protocol-errors.js'
import type { ReadFault } from '../json/parse-json.js'
import type { Id, WireMessage } from './message.js'

/** What was wrong with a message, for the one call that it fails. */
export interface UnreadableMessage {
  reason: 'MESSAGE_TOO_LARGE' | ReadFault['reason']
  why: string
  bytes: number
}

/** Gathers the answers of a batch. */
export interface BatchAnswers {
  add(id: Id | null, text: string): void
  /** One of the answers does not come. */
  done(): void
}

/** Takes what was sorted. */
export interface MessageSink {
  /** A message, valid in its outer shape. `bytes` is the length of its text, or undefined if there was none. */
  message(
    message: WireMessage,
    kind: 'request' | 'notification' | 'response',
    bytes: number,
    batch?: BatchAnswers,
  ): void
  /** Items of a stream; `bytes` of their message, about. */
  items(id: number, values: readonly unknown[], bytes: number): void
  /** Answers with an error; `batch` gathers the answers of a batch. */
  refuse(id: Id | null, error: ProtocolError, batch?: BatchAnswers): void
  /** A response or item that cannot be read: the call it belongs to fails. */
  unreadable(id: Id, fault: UnreadableMessage): void
  plain(line: string): void
  skipped(head: Buffer, bytes: number): void
  /** Reports something that should not have been sent. */
  protocolError(message: string): void
  /** Reports something for which somebody may wait in vain. */
  warn(message: string): void
  isRunning(id: Id): boolean
  isOpenCall(id: unknown): boolean
  /** May the other side send this method or notification? */
  mayReceive(method: string): boolean
  /** Sends the answers of a batch. */
  send(text: string): void
}
