import { printable } from '@simple-ipc/worker'

import { ErrorCode } from '../errors/error-code.js'
import { invalidResult } from '../errors/local-errors.js'
import { unfitProgress, type ViolationDetails } from '../errors/protocol-errors.js'
import { remoteError } from '../errors/remote-error.js'
import { callUser, type ErrorOrigin } from '../errors/report-thrown.js'
import type { RpcError } from '../errors/rpc-error.js'
import { toJson } from '../json/to-json.js'
import type { WireMessage } from '../protocol/message.js'
import type { Codec } from '../validate/codec.js'
import type { PendingCall } from './pending-calls.js'

// What arrives for a call that is open: progress reports, and its response.

export interface ReportEvents {
  protocolError(message: string, details?: ViolationDetails): void
  /** User code threw. */
  threw(error: unknown, origin?: ErrorOrigin): void
}

/** Hands a progress report to the call's `onProgress`. One that does not fit is reported, and otherwise ignored. */
export function report(call: PendingCall, value: unknown, validate: boolean, events: ReportEvents): void {
  const { progress: codec, name } = call.member
  const onProgress = call.options?.onProgress
  if (codec === undefined || onProgress === undefined) return
  const issue = validate ? codec.check(value) : undefined
  if (issue !== undefined) {
    events.protocolError(unfitProgress(name, issue), { method: name, value })
    return
  }
  callUser(
    () => onProgress(decoded(codec, value)),
    error => events.threw(error, { kind: 'callback', name: 'onProgress' }),
  )
}

/** Settles a call with its response: an error that is not null wins, neither result nor error is a null result. */
export function settle(call: PendingCall, { result, error }: WireMessage, validate: boolean): void {
  if (error !== undefined && error !== null) call.fail(errorOf(call, error, validate))
  else succeed(call, result ?? null, validate)
}

/** Only without validation can a value arrive here that cannot be decoded: it is passed on as it is. */
export function decoded(codec: Codec, value: unknown): unknown {
  try {
    return codec.decode(value)
  } catch {
    return value
  }
}

function succeed(call: PendingCall, result: unknown, validate: boolean): void {
  const { result: codec, name } = call.member
  const issue = validate ? codec.check(result) : undefined
  if (issue !== undefined) call.fail(invalidResult(name, issue, result))
  else call.succeed(decoded(codec, result))
}

function errorOf(call: PendingCall, error: unknown, validate: boolean): RpcError {
  const { name: method, errors: declared } = call.member
  const { code, message, data } = (typeof error === 'object' ? error : {}) as Record<string, unknown>
  const number = Number.isSafeInteger(code) ? (code as number) : ErrorCode.InternalError
  const text = typeof message === 'string' ? message : `${method} failed with ${printable(toJson(error))}`
  for (const [errorName, { code: own, data: codec, made }] of declared) {
    if (own !== number || (validate && codec?.check(data) !== undefined)) continue
    const value = codec === undefined ? data : decoded(codec, data)
    return remoteError(number, text, value, { method, errorName }, made)
  }
  return remoteError(number, text, data, { method })
}
