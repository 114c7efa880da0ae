import { printable } from '@simple-ipc/worker'

import { ErrorCode } from './error-code.js'
import { issuesOf, placeOf, type Fault } from './issues.js'

// Errors that a message is answered with, and sentences for `onProtocolError`.

/** An error as it travels, before it is JSON. */
export interface ProtocolError {
  code: number
  message: string
  data?: unknown
}

/** More about a violation: of values that do not fit. */
export interface ViolationDetails {
  /** The method or notification. */
  readonly method: string
  /** The whole value, as it was on the wire. */
  readonly value: unknown
}

const tooLargeData = { reason: 'MESSAGE_TOO_LARGE' }
const invalid = (message: string, data?: unknown): ProtocolError => ({
  code: ErrorCode.InvalidRequest,
  message,
  data,
})

/** A name or an id of the other side, which may hold anything. */
const shownName = (name: string): string => printable(name, 200)

/** What a request is answered with whose `meta` cannot be used. */
export const wrongMeta = invalid(
  'The meta of a message must be an object of strings, of at most 8 KiB as JSON',
)

// ---- what cannot be read

/** What an answer looks like that is a plain line only because it says no version. */
export const withoutVersion = (id: string): string =>
  `An answer to ${shownName(id)} without "jsonrpc": "2.0" was taken for a plain line: pass lenient: true to accept such messages`
/** @param report what is known of the program, in several lines */
export const noMessageYet = (
  contract: string,
  inFlight: readonly string[],
  report: string | undefined,
): string =>
  `the other side of '${contract}' has sent no message yet, and ${inFlight.join(', ')} waits` +
  (report === undefined ? '' : `\n${report}`)
export const notAMessage = invalid('Not a JSON-RPC message')
export const methodNotString = invalid('The method of a request must be a string')
export const paramsNotContainer = invalid('The params of a request must be an object or an array')
export const idNotUsable = (id: unknown): ProtocolError =>
  invalid(`The id of a request must be a string or an integer${id === null ? ', and null is neither' : ''}`)

export const notJson = (why: string): ProtocolError => ({
  code: ErrorCode.ParseError,
  message: `The text is not valid JSON: ${printable(why)}`,
})

export const tooLargeToRead = (why: string): ProtocolError =>
  invalid(`The message is too large: ${why}`, tooLargeData)

/** Of a message whose head says what it is. */
export function unreadableMessage({ reason, why }: { reason: string; why: string }): ProtocolError {
  const isParse = reason === 'not-json' || reason === 'overflow'
  return {
    code: isParse ? ErrorCode.ParseError : ErrorCode.InvalidRequest,
    message: `The message cannot be read: ${printable(why)}`,
    data: reason === 'MESSAGE_TOO_LARGE' ? tooLargeData : undefined,
  }
}

export const batchTooLarge = (elements: number, limit: number): ProtocolError =>
  invalid(
    `The batch has ${elements} elements: its answer would be larger than the limit of ${limit} bytes`,
    tooLargeData,
  )

// ---- what cannot be served

/** @param id the id as JSON */
export const idInUse = (id: string): ProtocolError =>
  invalid(`The id ${shownName(id)} is that of a request still running`)

export const takesNoCalls: ProtocolError = {
  code: ErrorCode.ShuttingDown,
  message: 'This peer is stopping and takes no new calls',
}
export const stoppedMeanwhile: ProtocolError = {
  code: ErrorCode.ShuttingDown,
  message: 'This peer is stopping',
}
export const wasCancelled: ProtocolError = {
  code: ErrorCode.RequestCancelled,
  message: 'The call was cancelled',
}
export const noSuchMethod = (method: string): ProtocolError => ({
  code: ErrorCode.MethodNotFound,
  message: `There is no method '${shownName(method)}' here`,
  data: { method },
})
export const unfitParams = (issue: Fault): ProtocolError => ({
  code: ErrorCode.InvalidParams,
  message: `The params do not fit the contract: ${placeOf('params', issue)}`,
  data: issuesOf(issue),
})
export const undecodableParams = (why: string): ProtocolError => ({
  code: ErrorCode.InvalidParams,
  message: why,
})
export const unfitResult = (issue: Fault): ProtocolError => ({
  code: ErrorCode.InternalError,
  message: `The result does not fit the contract: ${placeOf('result', issue)}`,
  data: issuesOf(issue),
})
/** In place of an answer that is larger than a message may be. */
export const answerOverLimit = (limit: number): ProtocolError => ({
  code: ErrorCode.InternalError,
  message: `The answer is larger than the limit of ${limit} bytes`,
  data: tooLargeData,
})

/** A handler failed: with its own message, and any further data. */
export const handlerFailed = (message: string, data: object | undefined): ProtocolError => ({
  code: ErrorCode.InternalError,
  message,
  data,
})
export const unfitErrorData = (text: string, issue: Fault): ProtocolError =>
  handlerFailed(`${text} (its ${placeOf('data', issue)})`, issuesOf(issue))
export const unwritableErrorData = (text: string, why: string): ProtocolError =>
  handlerFailed(`${text} (its data cannot be written as JSON: ${why})`, undefined)

// ---- sentences for onProtocolError

export const valueIsNoMessage = 'Received a value that is not a message'
/** @param id the id as JSON */
export const neverAsked = (id: string): string =>
  `Received a response to ${shownName(id)}, which is not the id of any call`
export const noSuchNotification = (name: string): string =>
  `There is no notification '${shownName(name)}' here`
export const unfitRequest = (method: string, issue: Fault): string =>
  `${method} was called with params that do not fit the contract: ${placeOf('params', issue)}`
export const unfitNotification = (name: string, issue: Fault): string =>
  `The notification ${name} does not fit the contract: ${placeOf('params', issue)}`
export const unfitProgress = (method: string, issue: Fault): string =>
  `The progress of ${method} does not fit the contract: ${placeOf('progress', issue)}`
/** Of a value that was accepted all the same. */
export const accepted = (method: string, root: string, issue: Fault): string =>
  `A ${root} of ${method} does not fit the contract, and was accepted: ${placeOf(root, issue)}`
export const lineSkipped = (bytes: number): string => `A line of ${bytes} bytes was skipped`
