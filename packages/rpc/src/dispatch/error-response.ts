import { ownErrorUnfit, undeclaredError } from '../errors/handler-errors.js'
import {
  handlerFailed,
  unfitErrorData,
  unwritableErrorData,
  type ProtocolError,
} from '../errors/protocol-errors.js'
import { hasWireCode, isError, RpcError, textOf } from '../errors/rpc-error.js'
import { toJson } from '../json/to-json.js'
import type { RunningRequest } from './running-request.js'

/** An error as it goes out; `data` is JSON already. */
export interface ErrorAnswer {
  code: number
  message: string
  data: string | undefined
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
  if (issue !== undefined) throw ownErrorUnfit(name, issue)
  return new RpcError(declared.code, message ?? name, data, { method: running.method, errorName: name })
}

/**
 * What a failed handler is answered with:
 * 1. an error with a code that its method declares, and data that fit, as it is;
 * 2. where the contract is foreign, or the request not declared in it, any error with a numeric code;
 * 3. everything else as an internal error with the failure's own text: an error that the handler got from elsewhere
 *    must not look like one of its own.
 */
export function answerFor(running: RunningRequest, thrown: unknown, options: AnswerOptions): ErrorAnswer {
  try {
    return faithfulAnswer(running, thrown, options)
  } catch (cause) {
    // Whatever was thrown, the call is answered.
    return written(unwritableErrorData(textOf(thrown), textOf(cause)))
  }
}

interface AnswerOptions {
  debug: boolean
  foreign: boolean
  validate: boolean
}

/** Throws if what was thrown cannot be written. */
function faithfulAnswer(running: RunningRequest, thrown: unknown, options: AnswerOptions): ErrorAnswer {
  if (hasWireCode(thrown)) {
    for (const { code, data } of running.member?.errors.values() ?? []) {
      if (code !== thrown.code) continue
      const wire = data === undefined ? thrown.data : data.encode(thrown.data)
      const issue = options.validate ? data?.check(wire) : undefined
      if (issue !== undefined) return written(unfitErrorData(textOf(thrown), issue))
      return { code, message: textOf(thrown), data: wire === undefined ? undefined : toJson(wire) }
    }
    if (options.foreign || running.member === undefined)
      return {
        code: thrown.code,
        message: textOf(thrown),
        data: thrown.data === undefined ? undefined : toJson(thrown.data),
      }
  }
  const data = {
    ...reasonOf(thrown),
    ...(options.debug && isError(thrown) ? { stack: thrown.stack } : {}),
  }
  return written(handlerFailed(textOf(thrown), Object.keys(data).length === 0 ? undefined : data))
}

const written = ({ code, message, data }: ProtocolError): ErrorAnswer => ({
  code,
  message,
  data: data === undefined ? undefined : toJson(data),
})

/** For a producer that does not catch the rejection of its item. */
function reasonOf(thrown: unknown): object {
  if (!isError(thrown) || !(thrown instanceof RpcError)) return {}
  const { code, data } = thrown as RpcError
  if (code === 'MESSAGE_TOO_LARGE') return { reason: code }
  return code === 'INVALID_ITEM' ? (data as object) : {}
}
