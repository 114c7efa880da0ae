import { inspect } from 'node:util'

import type { LocalErrorCode } from './error-code.js'
import { hide, RpcError, textOf, type ErrorClass, type RpcErrorOptions } from './rpc-error.js'

// Every error that arises on this side, and its words.

/** One fault of a value: a JSON Pointer into it and a sentence. */
interface Fault {
  path: string
  message: string
}

/** An error made where a message arrives has only our own frames above it: they tell a user nothing and cost time. */
function withoutFrames<E>(make: () => E): E {
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 0
  try {
    return make()
  } finally {
    Error.stackTraceLimit = limit
  }
}

function local(code: LocalErrorCode, message: string, data?: unknown, options?: RpcErrorOptions): RpcError {
  return withoutFrames(() => new RpcError(code, message, data, options))
}

/** An error that the other side answered with; one that the contract declares is of the class that was made for it. */
export function remoteError(
  code: number,
  message: string,
  data: unknown,
  options: RpcErrorOptions,
  Made?: ErrorClass,
): RpcError {
  const error = withoutFrames(() =>
    Made === undefined ? new RpcError(code, message, data, options) : new Made(data as never, message),
  )
  // Of these the message tells all, too.
  if (typeof data === 'object' && data !== null && 'issues' in data) hide(error, 'data')
  return error
}

/** The wire's form of a fault: exactly one issue. */
export const issuesOf = (issue: Fault): { issues: Fault[] } => ({
  issues: [{ path: issue.path, message: issue.message }],
})

/** A value that does not fit. The message says what the issue says, in better words than an inspected object. */
function unfit(code: LocalErrorCode, message: string, root: string, issue: Fault, method: string): RpcError {
  const error = local(code, `${message}: ${root}${issue.path} ${issue.message}`, issuesOf(issue), { method })
  hide(error, 'data')
  return error
}

export const invalidParams = (method: string, issue: Fault): RpcError =>
  unfit('INVALID_PARAMS', `${method} was not sent`, 'params', issue, method)

export const unsendableParams = (method: string, cause: unknown): RpcError =>
  local(
    'INVALID_PARAMS',
    `${method} was not sent: its params cannot be written as JSON (${textOf(cause)})`,
    undefined,
    {
      method,
      cause,
    },
  )

export const invalidResult = (method: string, issue: Fault): RpcError =>
  unfit(
    'INVALID_RESULT',
    `${method} answered with something that does not fit the contract`,
    'result',
    issue,
    method,
  )

export const invalidItem = (method: string, issue: Fault): RpcError =>
  unfit('INVALID_ITEM', `${method} sent an item that does not fit the contract`, 'item', issue, method)

export const invalidOwnItem = (method: string, issue: Fault): RpcError =>
  unfit(
    'INVALID_ITEM',
    `An item of ${method} was not sent: it does not fit the contract`,
    'item',
    issue,
    method,
  )

export const timedOut = (method: string, ms: number): RpcError =>
  local('TIMEOUT', `${method} was not answered within its timeout of ${ms} ms; it was cancelled`, undefined, {
    method,
  })

export const idleTooLong = (method: string, ms: number): RpcError =>
  local(
    'TIMEOUT',
    `${method} sent no progress, item or answer for its idleTimeout of ${ms} ms; it was cancelled`,
    undefined,
    { method },
  )

export const startTimedOut = (method: string, ms: number, report?: string): RpcError =>
  local(
    'START_TIMEOUT',
    report === undefined
      ? `${method} was not answered: the other side gave no answer at all within the startTimeout of ${ms} ms`
      : `${method} was not answered: the program gave no answer at all within the startTimeout of ${ms} ms, and was stopped\n${report}`,
    undefined,
    { method },
  )

export const notResponding = (method: string, ms: number, report: string): RpcError =>
  local(
    'NOT_RESPONDING',
    `${method} was not answered: the program did not even answer a ping within ${ms} ms, and was stopped\n${report}`,
    undefined,
    { method },
  )

export const cancelled = (method: string, reason?: unknown): RpcError =>
  local('CANCELLED', `${method} was cancelled`, undefined, { method, cause: reason })

export const stopped = (method: string): RpcError =>
  local('STOPPED', `${method} was not answered: the client was stopped`, undefined, { method })

export const notRunning = (method: string): RpcError =>
  local('STOPPED', `${method} was not sent: the client is stopped; start() starts it again`, undefined, {
    method,
  })

/** A pool has no `start()`. */
export const poolStopped = (method: string): RpcError =>
  local('STOPPED', `${method} was not sent: the pool is stopped; make another one to call again`, undefined, {
    method,
  })

/** `text` is the exit report written out; `report` the same as data. */
export function workerExited(method: string, text: string, report: unknown): RpcError {
  const error = local('WORKER_EXITED', `${method} was not answered: ${text}`, report, { method })
  // The message tells it all, in better words than an inspected object.
  hide(error, 'data')
  return error
}

/** The program had ended before the call was made. */
export function notSent(method: string, text: string, report: unknown): RpcError {
  const error = local('WORKER_EXITED', `${method} was not sent: ${text}`, report, { method })
  hide(error, 'data')
  return error
}

export const hostClosed = (method: string): RpcError =>
  local('HOST_CLOSED', `${method} was not answered: the host closed the connection`, undefined, { method })

export const connectionClosed = (method: string, cause?: unknown): RpcError =>
  local(
    'CONNECTION_CLOSED',
    `${method} was not answered: the connection is closed${cause instanceof Error ? ` (${cause.message})` : ''}`,
    undefined,
    { method, cause },
  )

export const requestTooLarge = (method: string, bytes: number, limit: number): RpcError =>
  local(
    'MESSAGE_TOO_LARGE',
    `${method} was not sent: its message has ${bytes} bytes, the limit is ${limit} (maxMessageBytes)`,
    undefined,
    { method },
  )

export const itemTooLarge = (method: string, bytes: number, limit: number): RpcError =>
  local(
    'MESSAGE_TOO_LARGE',
    `An item of ${method} was not sent: its message has ${bytes} bytes, the limit is ${limit} (maxMessageBytes)`,
    undefined,
    { method },
  )

export const answerTooLarge = (method: string, bytes: number, limit: number): RpcError =>
  local(
    'MESSAGE_TOO_LARGE',
    `${method} was answered with a message of ${bytes} bytes, the limit is ${limit} (maxMessageBytes)`,
    undefined,
    { method },
  )

export const unreadable = (method: string, why: string): RpcError =>
  local(
    'UNREADABLE_MESSAGE',
    `${method} was answered with a message that cannot be read: ${why}`,
    undefined,
    {
      method,
    },
  )

export const cameBack = (method: string): RpcError =>
  local(
    'UNREADABLE_MESSAGE',
    `${method} was not answered: its request came back; the other side seems to send back what it gets. Is it the right program, and does it call serve? If it runs in a terminal, turn off its echo (stty -echo)`,
    undefined,
    { method },
  )

export const streamOverflow = (method: string, limit: number): RpcError =>
  local(
    'STREAM_OVERFLOW',
    `${method} was cancelled: the other side ignores the stream's window, and more than ${limit} bytes (maxQueuedBytes) wait unread`,
    undefined,
    { method },
  )

/** Where the two sides' contracts differ, as an error tells it. */
interface MemberDifference {
  side: string
  member: string
  path: string
  message: string
}

export function contractMismatch(name: string, differences: readonly MemberDifference[]): RpcError {
  const lines = differences.map(
    ({ side, member, path, message }) => `  - ${side} ${member}${path}: ${message}`,
  )
  const error = local(
    'CONTRACT_MISMATCH',
    `The other side's contract ‘${name}’ does not match ours:\n${lines.join('\n')}\n` +
      'Generate its code again from this contract, or pass verify: false to go on at your own risk',
    { differences: [...differences] },
  )
  hide(error, 'data')
  return error
}

export const unknownMember = (name: unknown, kind: string, known: readonly string[]): RpcError =>
  local(
    'UNKNOWN_MEMBER',
    // In JavaScript anything may stand for the name.
    `The contract has no ${kind} ${typeof name === 'string' ? `‘${name}’` : inspect(name)} on the other side; it has ${known.length === 0 ? 'none' : known.join(', ')}`,
  )

export const queueFull = (method: string, limit: number): RpcError =>
  local(
    'QUEUE_FULL',
    `${method} was not sent: the pool's queue is full (maxQueue is ${limit}); make fewer calls at once, or raise size, concurrency or maxQueue`,
    undefined,
    { method },
  )
