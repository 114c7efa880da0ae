import { describeExitShortly, printable, type ExitReport } from '@simple-ipc/worker'

import type { LocalErrorCode } from './error-code.js'
import { issuesOf, placeOf, type Fault } from './issues.js'
import { hide, RpcError } from './rpc-error.js'
import { isError, textOf } from './thrown.js'
import { withoutFrames } from './without-frames.js'

// Every error with which a call fails on this side, and its message. Those that the other side answers with: remote-error.ts.

interface More {
  data?: unknown
  cause?: unknown
  /** The message has it all, more readably than an inspected object. */
  hideData?: boolean
  /** Where the message has more than people outside may see. */
  shortMessage?: string
  /** The value of the other side that did not fit. */
  value?: unknown
}

function local(
  code: LocalErrorCode,
  method: string | undefined,
  message: string,
  { data, hideData = false, ...more }: More = {},
): RpcError {
  const error = withoutFrames(() => new RpcError(code, message, data, { method, ...more }))
  if (hideData) hide(error, 'data')
  return error
}

interface Why extends Omit<More, 'shortMessage'> {
  /** The reason for `shortMessage`, where it is another. */
  shortly?: string
}

/** Nothing of the call left this side. */
export const unsent = (
  code: LocalErrorCode,
  method: string,
  why: string,
  { shortly, ...more }: Why = {},
): RpcError =>
  local(code, method, `${method} was not sent: ${why}`, {
    ...more,
    ...(shortly !== undefined && { shortMessage: `${method} was not sent: ${shortly}` }),
  })

/** The call was sent, and no answer comes. */
const unanswered = (
  code: LocalErrorCode,
  method: string,
  why: string,
  { shortly, ...more }: Why = {},
): RpcError =>
  local(code, method, `${method} was not answered: ${why}`, {
    ...more,
    ...(shortly !== undefined && { shortMessage: `${method} was not answered: ${shortly}` }),
  })

/**
 * A value that does not fit; the sentence ends with what the issue says.
 *
 * @param instead what was there, for a value made here
 */
function unfit(
  code: LocalErrorCode,
  method: string,
  sentence: string,
  root: string,
  issue: Fault,
  instead = '',
  theirs: { value?: unknown } = {},
): RpcError {
  const shortMessage = `${sentence}: ${placeOf(root, issue)}`
  return local(code, method, `${shortMessage}${instead}`, {
    data: issuesOf(issue),
    hideData: true,
    shortMessage,
    ...theirs,
  })
}

// ---- values that do not fit

export const invalidParams = (method: string, issue: Fault, instead: string): RpcError =>
  unfit('INVALID_PARAMS', method, `${method} was not sent`, 'params', issue, instead)
export const unsendableParams = (method: string, cause: unknown): RpcError =>
  unsent('INVALID_PARAMS', method, `its params cannot be written as JSON (${textOf(cause)})`, {
    cause,
    shortly: 'its params cannot be written as JSON',
  })
export const invalidResult = (method: string, issue: Fault, value: unknown): RpcError =>
  unfit(
    'INVALID_RESULT',
    method,
    `${method} answered with something that does not fit the contract`,
    'result',
    issue,
    '',
    { value },
  )
export const invalidItem = (method: string, issue: Fault, value: unknown): RpcError =>
  unfit('INVALID_ITEM', method, `${method} sent an item that does not fit the contract`, 'item', issue, '', {
    value,
  })
export const invalidOwnItem = (method: string, issue: Fault, instead: string): RpcError =>
  unfit(
    'INVALID_ITEM',
    method,
    `An item of ${method} was not sent: it does not fit the contract`,
    'item',
    issue,
    instead,
  )

// ---- time and cancellation

/** What is said of a call that is too late. */
export interface Lateness {
  /** What became of it: a clause with its own separator, or nothing. */
  end: string
  /** What has arrived instead of its answer: the same. Not for people outside. */
  arrived: string
}
const late = (method: string, what: string, { end, arrived }: Lateness): RpcError =>
  local('TIMEOUT', method, `${method} ${what}${end}${arrived}`, { shortMessage: `${method} ${what}${end}` })
export const timedOut = (method: string, ms: number, lateness: Lateness): RpcError =>
  late(method, `was not answered within its timeout of ${ms} ms`, lateness)
export const idleTooLong = (method: string, ms: number, lateness: Lateness): RpcError =>
  late(method, `sent no progress, item or answer for its idleTimeout of ${ms} ms`, lateness)
/** It never had its turn. */
export const timedOutInPool = (method: string, ms: number): RpcError =>
  timedOut(method, ms, { end: ': it was not sent, because no child of the pool was free', arrived: '' })
export const cancelled = (method: string, cause?: unknown): RpcError =>
  local('CANCELLED', method, `${method} was cancelled`, { cause })
export function startTimedOut(method: string, ms: number, report?: string): RpcError {
  const late = `no answer at all within the startTimeout of ${ms} ms`
  return unanswered(
    'START_TIMEOUT',
    method,
    report === undefined
      ? `the other side gave ${late}`
      : `the program gave ${late}, and was stopped\n${report}`,
  )
}
export const prepareTimedOut = (method: string, ms: number, report: string): RpcError =>
  unanswered(
    'START_TIMEOUT',
    method,
    `onStart was not done within the startTimeout of ${ms} ms, and the program was stopped\n${report}`,
    { shortly: `the program was not ready within ${ms} ms` },
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
  unsent('STOPPED', method, 'the client is stopped; call start() to start it again', {
    shortly: 'the client is stopped',
  })
/** A pool has no `start()`. */
export const poolStopped = (method: string): RpcError =>
  unsent('STOPPED', method, 'the pool is stopped; create another one', { shortly: 'the pool is stopped' })
/** None of a pool's commands can be started now. @param reason how its last child ended */
export const poolOutage = (
  method: string,
  { why, ms, reason }: { why: 'quarantine' | 'gave-up'; ms: number; reason: string },
): RpcError =>
  unsent(
    'WORKER_EXITED',
    method,
    why === 'gave-up'
      ? `the pool has given up, for its children failed more often than restart allows; the first call in ${ms} ms or later tries again\n${reason}`
      : `no child can be started: the last one failed, and the next is not tried for ${ms} ms\n${reason}`,
    { shortly: 'no program can be started now' },
  )
/** Told once, where no call is. */
export const poolGaveUp = (ms: number, reason: string): RpcError =>
  local(
    'WORKER_EXITED',
    undefined,
    `The pool has given up, for its children failed more often than restart allows: calls fail if no child is left, and those in ${ms} ms or later try again\n${reason}`,
  )
export const poolQueueFull = (method: string, limit: number): RpcError =>
  unsent(
    'QUEUE_FULL',
    method,
    `the pool's queue is full (maxQueue is ${limit}); make fewer calls at once, or raise size, concurrency or maxQueue`,
    { shortly: 'too many calls wait already' },
  )

// ---- the other side does not read

/** More than the limit waits for it already. */
export const queueFull = (method: string, bytes: number, limit: number): RpcError =>
  unsent(
    'QUEUE_FULL',
    method,
    `${bytes} bytes wait for the other side already, the limit is ${limit} (maxQueuedBytes); await drained() before you send more, or raise it`,
    { shortly: 'too much waits for the other side' },
  )
interface Unread {
  /** How many bytes wait for it, and how many may. */
  bytes: number
  limit: number
  /** The exit report written out, of a program of ours. */
  report?: string
}
const doesNotRead = (who: string, { bytes, limit, report }: Unread): string => {
  const why = `goes on asking and does not read: ${bytes} bytes wait for it, the limit is ${limit} (maxQueuedBytes)`
  return report === undefined
    ? `${who} other side ${why}, and the connection was closed`
    : `${who} program ${why}, and was stopped\n${report}`
}
export const notReading = (method: string, unread: Unread): RpcError =>
  unanswered('QUEUE_FULL', method, doesNotRead('the', unread), { shortly: 'the other side does not read' })
/** Told once, for there may be no call. */
export const foundNotReading = (unread: Unread): RpcError =>
  local('QUEUE_FULL', undefined, doesNotRead('The', unread))

/** `text` is the exit report written out; `report` the same as data. */
export const workerExited = (method: string, text: string, report: ExitReport): RpcError =>
  unanswered('WORKER_EXITED', method, text, {
    data: report,
    hideData: true,
    shortly: describeExitShortly(report),
  })
/** The program had ended before the call was made. */
export const notSent = (method: string, text: string, report: ExitReport): RpcError =>
  unsent('WORKER_EXITED', method, text, {
    data: report,
    hideData: true,
    shortly: describeExitShortly(report),
  })
/** `onStart` has failed; `text` is the exit report written out, `report` the same as data. */
export const notPrepared = (method: string, cause: unknown, text: string, report: ExitReport): RpcError =>
  unsent('WORKER_EXITED', method, `onStart failed (${textOf(cause)}), and the program was stopped\n${text}`, {
    data: report,
    cause,
    hideData: true,
    shortly: 'the program could not be prepared',
  })
/** It failed more often than `restart` allows. */
export const gaveUp = (method: string, text: string, report: ExitReport): RpcError =>
  unsent(
    'WORKER_EXITED',
    method,
    `the program has failed too often and is not restarted; call start() to try again\n${text}`,
    { data: report, hideData: true, shortly: 'the program has failed too often' },
  )
export const hostClosed = (method: string): RpcError =>
  unanswered('HOST_CLOSED', method, 'the host closed the connection')
export const connectionClosed = (method: string, cause?: unknown): RpcError =>
  unanswered(
    'CONNECTION_CLOSED',
    method,
    `the connection is closed${isError(cause) ? ` (${textOf(cause)})` : ''}`,
    { cause, shortly: 'the connection is closed' },
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
  local(
    'UNREADABLE_MESSAGE',
    method,
    `${method} was answered with a message that cannot be read: ${printable(why)}`,
    {
      shortMessage: `${method} was answered with a message that cannot be read`,
    },
  )
export const cameBack = (method: string): RpcError =>
  unanswered(
    'UNREADABLE_MESSAGE',
    method,
    'its request came back: the other side seems to echo its input. Is it the right program, and does it call serve? If it runs in a terminal, turn off its echo (stty -echo)',
    { shortly: 'its request came back' },
  )
export const streamOverflow = (method: string, limit: number): RpcError =>
  local(
    'STREAM_OVERFLOW',
    method,
    `${method} was cancelled: the other side ignores the stream's window, and more than ${limit} bytes (maxQueuedBytes) wait unread`,
  )
