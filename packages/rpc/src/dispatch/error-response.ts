import { ownErrorUnfit, undeclaredError } from '../errors/handler-errors.js'
import {
  handlerFailed,
  unfitErrorData,
  unwritableErrorData,
  type ProtocolError,
} from '../errors/protocol-errors.js'
import { ErrorCode } from '../errors/error-code.js'
import { hasWireCode, RpcError } from '../errors/rpc-error.js'
import { failureLine, failureText, isError, textOf } from '../errors/thrown.js'
import { maxDepth } from '../json/json-value.js'
import { toJson } from '../json/to-json.js'
import { insteadOf } from '../validate/describe-misfit.js'
import type { RunningRequest } from './running-request.js'

/** An error as it goes out; `data` is JSON already. */
export interface ErrorAnswer {
  code: number
  message: string
  data: string | undefined
  /** Of an error that nobody meant to answer with: what people are told of. */
  failure?: { readonly error: unknown }
}

/** The error that a handler throws by name: `throw error('NotACsv', { line: 3 })`. */
export function declaredError(
  running: RunningRequest,
  name: string,
  data: unknown,
  message: string | undefined,
  validate: boolean,
): RpcError {
  const declared = running.member?.errors.get(name)
  if (declared === undefined)
    throw undeclaredError(running.method, name, [...(running.member?.errors.keys() ?? [])])
  const issue = validate ? declared.data?.check(declared.data.encode(data)) : undefined
  if (issue !== undefined)
    throw ownErrorUnfit(running.method, name, issue, insteadOf(declared.data?.shape, issue, data))
  return new RpcError(declared.code, message ?? name, data, { method: running.method, errorName: name })
}

/**
 * What a failed handler is answered with:
 * 1. an error with a code that its method declares, and data that fit, as it is; also one that is alone in an
 *    `AggregateError`;
 * 2. where the contract is foreign, or the request not declared in it, any error with a numeric code;
 * 3. everything else as an internal error with what JavaScript calls the failure: an error that the handler got from
 *    elsewhere must not look like one of its own. People are told of it.
 */
export function answerFor(running: RunningRequest, thrown: unknown, options: AnswerOptions): ErrorAnswer {
  const meant = onlyOne(thrown)
  try {
    const answer = deliberateAnswer(running, meant, options)
    if (answer !== undefined) return answer
  } catch (cause) {
    // Whatever was thrown, the call is answered.
    return failed(unwritableErrorData(textOf(meant), textOf(cause)), meant)
  }
  return failed(internalError(thrown, options.debug), thrown)
}

interface AnswerOptions {
  debug: boolean
  foreign: boolean
  validate: boolean
}

/** The answer for an error that its handler may answer with. Throws if its data cannot be written. */
function deliberateAnswer(
  running: RunningRequest,
  thrown: unknown,
  { validate, foreign }: AnswerOptions,
): ErrorAnswer | undefined {
  if (!hasWireCode(thrown)) return undefined
  const { code, data } = thrown
  for (const declared of running.member?.errors.values() ?? []) {
    if (declared.code !== code) continue
    const wire = declared.data === undefined ? data : declared.data.encode(data)
    const issue = validate ? declared.data?.check(wire) : undefined
    if (issue !== undefined) return failed(unfitErrorData(textOf(thrown), issue), thrown)
    return { code, message: textOf(thrown), data: wire === undefined ? undefined : toJson(wire) }
  }
  if (!foreign && running.member !== undefined) return undefined
  return { code, message: textOf(thrown), data: data === undefined ? undefined : toJson(data) }
}

/** The error in an `AggregateError` that has one only, however deep; anything else itself. */
function onlyOne(thrown: unknown): unknown {
  try {
    let one = thrown
    // One that holds itself is endless.
    for (let depth = 0; one instanceof AggregateError && one.errors.length === 1 && depth < maxDepth; depth++)
      one = one.errors[0]
    return one
  } catch {
    return thrown
  }
}

function internalError(thrown: unknown, debug: boolean): ProtocolError {
  const data = {
    ...reasonOf(thrown),
    ...(debug ? { stack: failureText(thrown) } : {}),
  }
  const message = isOwnMisfit(thrown) ? thrown.shortMessage : failureLine(thrown)
  return handlerFailed(message, Object.keys(data).length === 0 ? undefined : data)
}

const failed = (error: ProtocolError, thrown: unknown): ErrorAnswer => ({
  ...written(error),
  ...(isEnd(thrown) ? {} : { failure: { error: thrown } }),
})

const written = ({ code, message, data }: ProtocolError): ErrorAnswer => ({
  code,
  message,
  data: data === undefined ? undefined : toJson(data),
})

const isRpcError = (thrown: unknown): thrown is RpcError => isError(thrown) && thrown instanceof RpcError

/** What this handler could not send: its message names the method. What is on the wire says the same in every language. */
const isOwnMisfit = (thrown: unknown): thrown is RpcError =>
  isRpcError(thrown) && (thrown.code === 'MESSAGE_TOO_LARGE' || thrown.code === 'INVALID_ITEM')

/** For a producer that does not catch the rejection of its item. */
function reasonOf(thrown: unknown): object {
  if (!isOwnMisfit(thrown)) return {}
  return thrown.code === 'INVALID_ITEM' ? (thrown.data as object) : { reason: thrown.code }
}

/** A call of the handler's own that ended with the session: the handler is not at fault. */
const isEnd = (thrown: unknown): boolean =>
  isRpcError(thrown) &&
  (thrown.code === 'HOST_CLOSED' || thrown.code === 'STOPPED' || thrown.code === ErrorCode.ShuttingDown)
