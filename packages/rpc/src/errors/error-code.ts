/**
 * The numbers that travel on the wire. Append-only: a number is never given a second meaning.
 * An error that a contract declares carries its own integer outside JSON-RPC's reserved ranges.
 */
export const ErrorCode = {
  /** The text is not JSON. */
  ParseError: -32700,
  /** JSON, but not a message; or a message too large or too deep to read. */
  InvalidRequest: -32600,
  /** No such method; `data.method` names it. */
  MethodNotFound: -32601,
  /** The params do not fit the contract; `data.issues` says where. */
  InvalidParams: -32602,
  /** The handler failed, or its result does not fit the contract. */
  InternalError: -32603,
  /** The call was cancelled. */
  RequestCancelled: -32800,
  /** The peer is stopping and accepts no new calls. */
  ShuttingDown: -32001,
  /** More requests are queued than the callee allows. */
  Busy: -32003,
} as const
export type ErrorCode = (typeof ErrorCode)[keyof typeof ErrorCode]

/** Codes of errors that arise on this side of the wire and never travel. */
export type LocalErrorCode =
  /** The call was cancelled here: by its signal, by `cancel()`, by leaving a loop. `cause` is the signal's reason. */
  | 'CANCELLED'
  /** The other end of a connection (not a child of ours) went away. */
  | 'CONNECTION_CLOSED'
  /** The other side's contract lacks members of ours or changed them incompatibly. */
  | 'CONTRACT_MISMATCH'
  /** In a child: the host closed our input, so no answer can come. */
  | 'HOST_CLOSED'
  /** An item of a stream does not fit the contract. */
  | 'INVALID_ITEM'
  /** The params of our own call or notification do not fit the contract; nothing was sent. */
  | 'INVALID_PARAMS'
  /** The result that came does not fit the contract. */
  | 'INVALID_RESULT'
  /** A message is over the size limit, ours or theirs. */
  | 'MESSAGE_TOO_LARGE'
  /** The program's protocol loop did not answer a ping: it was stopped. */
  | 'NOT_RESPONDING'
  /** Too much waits for the other side to read it, or a pool has as many waiting calls as it allows. */
  | 'QUEUE_FULL'
  /** The first answer did not come within `startTimeout`. */
  | 'START_TIMEOUT'
  /** This client was stopped. */
  | 'STOPPED'
  /** The callee sent more than a stream may leave unread. */
  | 'STREAM_OVERFLOW'
  /** The deadline, or the longest silence, has passed. */
  | 'TIMEOUT'
  /** The contract has no member of this name on the other side. */
  | 'UNKNOWN_MEMBER'
  /** The response to this call arrived but cannot be read; or the request itself came back. */
  | 'UNREADABLE_MESSAGE'
  /** The program ended, or could not be started; `data` is the exit report. */
  | 'WORKER_EXITED'
