import { ErrorCode } from '../errors/error-code.js'
import { issuesOf } from '../errors/local-errors.js'
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
  if (declared === undefined) {
    const known = [...(running.member?.errors.keys() ?? [])]
    throw new TypeError(
      `${running.method} declares no error ‘${name}’; it declares ${known.length === 0 ? 'none' : known.join(', ')}`,
    )
  }
  const issue = validate ? declared.data?.check(declared.data.encode(data)) : undefined
  if (issue !== undefined)
    throw new TypeError(
      `The data of the error ‘${name}’ does not fit the contract: data${issue.path} ${issue.message}`,
    )
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
    // Whatever was thrown, its call is answered.
    return internal(`${textOf(thrown)} (its data cannot be written as JSON: ${textOf(cause)})`, undefined)
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
      if (issue !== undefined)
        return internal(`${textOf(thrown)} (its data${issue.path} ${issue.message})`, issuesOf(issue))
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
  return internal(textOf(thrown), Object.keys(data).length === 0 ? undefined : data)
}

const internal = (message: string, data: unknown): ErrorAnswer => ({
  code: ErrorCode.InternalError,
  message,
  data: data === undefined ? undefined : toJson(data),
})

/** A producer that does not catch the refusal of its item. */
function reasonOf(thrown: unknown): object {
  if (!isError(thrown) || !(thrown instanceof RpcError)) return {}
  const { code, data } = thrown as RpcError
  if (code === 'MESSAGE_TOO_LARGE') return { reason: code }
  return code === 'INVALID_ITEM' ? (data as object) : {}
}
