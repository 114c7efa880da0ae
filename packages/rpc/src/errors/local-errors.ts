import { inspect } from 'node:util'

import type { LocalErrorCode } from './error-code.js'
import { issuesOf, type Fault } from './issues.js'
import { hide, RpcError, textOf, type ErrorClass, type RpcErrorOptions } from './rpc-error.js'

// Every error with which a call fails on this side, and its message.

/** An error made where a message arrives has only our own frames in its stack, which are of no use and cost time. */
function withoutFrames<E>(make: () => E): E {
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 0
  try {
    return make()
  } finally {
    Error.stackTraceLimit = limit
  }
}

interface More {
  data?: unknown
  cause?: unknown
  /** The message has it all, more readably than an inspected object. */
  hideData?: boolean
}

function local(
  code: LocalErrorCode,
  method: string | undefined,
  message: string,
  { data, cause, hideData = false }: More = {},
): RpcError {
  const error = withoutFrames(() => new RpcError(code, message, data, { method, cause }))
  if (hideData) hide(error, 'data')
  return error
}

/** Nothing of the call left this side. */
const unsent = (code: LocalErrorCode, method: string, why: string, more?: More): RpcError =>
  local(code, method, `${method} was not sent: ${why}`, more)

/** The call was sent, and no answer comes. */
const unanswered = (code: LocalErrorCode, method: string, why: string, more?: More): RpcError =>
  local(code, method, `${method} was not answered: ${why}`, more)

/** A value that does not fit; the sentence ends with what the issue says. */
const unfit = (
  code: LocalErrorCode,
  method: string,
  sentence: string,
  root: string,
  issue: Fault,
): RpcError =>
  local(code, method, `${sentence}: ${root}${issue.path} ${issue.message}`, {
    data: issuesOf(issue),
    hideData: true,
  })

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
  // Here too the message has it all.
  if (typeof data === 'object' && data !== null && 'issues' in data) hide(error, 'data')
  return error
}

// ---- values that do not fit

export const invalidParams = (method: string, issue: Fault): RpcError =>
  unfit('INVALID_PARAMS', method, `${method} was not sent`, 'params', issue)
export const unsendableParams = (method: string, cause: unknown): RpcError =>
  unsent('INVALID_PARAMS', method, `its params cannot be written as JSON (${textOf(cause)})`, { cause })
export const invalidResult = (method: string, issue: Fault): RpcError =>
  unfit(
    'INVALID_RESULT',
    method,
    `${method} answered with something that does not fit the contract`,
    'result',
    issue,
  )
export const invalidItem = (method: string, issue: Fault): RpcError =>
  unfit('INVALID_ITEM', method, `${method} sent an item that does not fit the contract`, 'item', issue)
export const invalidOwnItem = (method: string, issue: Fault): RpcError =>
  unfit(
    'INVALID_ITEM',
    method,
    `An item of ${method} was not sent: it does not fit the contract`,
    'item',
    issue,
  )

// ---- time and cancellation

export const timedOut = (method: string, ms: number): RpcError =>
  local('TIMEOUT', method, `${method} was not answered within its timeout of ${ms} ms; it was cancelled`)
export const idleTooLong = (method: string, ms: number): RpcError =>
  local(
    'TIMEOUT',
    method,
    `${method} sent no progress, item or answer for its idleTimeout of ${ms} ms; it was cancelled`,
  )
export const cancelled = (method: string, cause?: unknown): RpcError =>
  local('CANCELLED', method, `${method} was cancelled`, { cause })
export const startTimedOut = (method: string, ms: number, report?: string): RpcError =>
  unanswered(
    'START_TIMEOUT',
    method,
    report === undefined
      ? `the other side gave no answer at all within the startTimeout of ${ms} ms`
      : `the program gave no answer at all within the startTimeout of ${ms} ms, and was stopped\n${report}`,
  )
export const notResponding = (method: string, ms: number, report: string): RpcError =>
  unanswered(
    'NOT_RESPONDING',
    method,
    `the program did not even answer a ping within ${ms} ms, and was stopped\n${report}`,
  )

// ---- the end of the other side, or of this one

export const stopped = (method: string): RpcError => unanswered('STOPPED', method, 'the client was stopped')
export const notRunning = (method: string): RpcError =>
  unsent('STOPPED', method, 'the client is stopped; call start() to start it again')
/** A pool has no `start()`. */
export const poolStopped = (method: string): RpcError =>
  unsent('STOPPED', method, 'the pool is stopped; create another one')
export const queueFull = (method: string, limit: number): RpcError =>
  unsent(
    'QUEUE_FULL',
    method,
    `the pool's queue is full (maxQueue is ${limit}); make fewer calls at once, or raise size, concurrency or maxQueue`,
  )

/** `text` is the exit report written out; `report` the same as data. */
export const workerExited = (method: string, text: string, report: unknown): RpcError =>
  unanswered('WORKER_EXITED', method, text, { data: report, hideData: true })
/** The program had ended before the call was made. */
export const notSent = (method: string, text: string, report: unknown): RpcError =>
  unsent('WORKER_EXITED', method, text, { data: report, hideData: true })
export const hostClosed = (method: string): RpcError =>
  unanswered('HOST_CLOSED', method, 'the host closed the connection')
export const connectionClosed = (method: string, cause?: unknown): RpcError =>
  unanswered(
    'CONNECTION_CLOSED',
    method,
    `the connection is closed${cause instanceof Error ? ` (${cause.message})` : ''}`,
    { cause },
  )

// ---- messages too large or unreadable

const tooLarge = (subject: string, method: string, bytes: number, limit: number): RpcError =>
  local(
    'MESSAGE_TOO_LARGE',
    method,
    `${subject} was not sent: its message has ${bytes} bytes, the limit is ${limit} (maxMessageBytes)`,
  )
export const requestTooLarge = (method: string, bytes: number, limit: number): RpcError =>
  tooLarge(method, method, bytes, limit)
export const itemTooLarge = (method: string, bytes: number, limit: number): RpcError =>
  tooLarge(`An item of ${method}`, method, bytes, limit)
export const answerTooLarge = (method: string, bytes: number, limit: number): RpcError =>
  local(
    'MESSAGE_TOO_LARGE',
    method,
    `${method} was answered with a message of ${bytes} bytes, the limit is ${limit} (maxMessageBytes)`,
  )
export const unreadable = (method: string, why: string): RpcError =>
  local('UNREADABLE_MESSAGE', method, `${method} was answered with a message that cannot be read: ${why}`)
export const cameBack = (method: string): RpcError =>
  unanswered(
    'UNREADABLE_MESSAGE',
    method,
    'its request came back: the other side seems to echo its input. Is it the right program, and does it call serve? If it runs in a terminal, turn off its echo (stty -echo)',
  )
export const streamOverflow = (method: string, limit: number): RpcError =>
  local(
    'STREAM_OVERFLOW',
    method,
    `${method} was cancelled: the other side ignores the stream's window, and more than ${limit} bytes (maxQueuedBytes) wait unread`,
  )

// ---- the contract

/** Where the two sides' contracts differ, as an error tells it. */
interface MemberDifference {
  side: string
  member: string
  path: string
  message: string
}

/** A contract as an error names it; what the other side says of its own may be anything. */
interface NamedContract {
  name: unknown
  version: unknown
}

export function contractMismatch(
  ours: NamedContract,
  theirs: NamedContract | undefined,
  differences: readonly MemberDifference[],
): RpcError {
  const lines = differences.map(
    ({ side, member, path, message }) => `  - ${side} ${member}${path}: ${message}`,
  )
  const isOther = typeof theirs?.name === 'string' && theirs.name !== ours.name
  return local(
    'CONTRACT_MISMATCH',
    undefined,
    `The other side's contract${shownContract(theirs)} does not match ours,${shownContract(ours)}:\n${lines.join('\n')}\n` +
      (isOther ? 'These are two contracts: check which generated file the other side loads. ' : '') +
      'Generate its code again from this contract, or pass verify: false to continue at your own risk',
    { data: { differences: [...differences] }, hideData: true },
  )
}

/** A name and a version, each in one line. */
const shownContract = (contract: NamedContract | undefined): string =>
  typeof contract?.name === 'string'
    ? ` '${oneLine(contract.name)}'${typeof contract.version === 'string' ? ` ${oneLine(contract.version)}` : ''}`
    : ''

const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').slice(0, 200)

export const unknownMember = (name: unknown, kind: string, known: readonly string[]): RpcError =>
  local(
    'UNKNOWN_MEMBER',
    undefined,
    // In JavaScript the name may be anything.
    `The contract has no ${kind} ${typeof name === 'string' ? `'${name}'` : inspect(name)} on the other side (available: ${known.length === 0 ? 'none' : known.join(', ')})`,
  )
