import { ownResultTooLarge, ownResultUnfit } from '../errors/handler-errors.js'
import { unfitResult } from '../errors/protocol-errors.js'
import { JsonParts, jsonParts } from '../json/json-parts.js'
import { excessBytes } from '../json/text-size.js'
import { toJson } from '../json/to-json.js'
import { errorText, resultText, tooLargeText, type Id } from '../protocol/message.js'
import { insteadOf } from '../validate/describe-misfit.js'
import type { RunningRequest } from './running-request.js'

/** What a handler that ended well is answered with: its result, or why that cannot be sent. */
export function answerWith(
  { id, member, method }: RunningRequest,
  result: unknown,
  options: ResultOptions,
): string | JsonParts {
  const limit = options.maxMessageBytes
  if (member === undefined) return fitting(id, resultText(id, toJson(result)), limit)
  const wire = member.result.encode(result)
  const issue = options.validate ? member.result.check(wire ?? null) : undefined
  if (issue !== undefined) {
    options.threw(ownResultUnfit(method, issue, insteadOf(member.result.shape, issue, result)), method)
    const { code, message, data } = unfitResult(issue)
    return errorText(id, code, message, toJson(data))
  }
  const json = jsonParts(wire)
  const whole = json instanceof JsonParts ? json.within(resultText(id, ''), 1) : resultText(id, json)
  const bytes = excessBytes(limit, whole)
  if (bytes === 0) return whole
  options.threw(ownResultTooLarge(method, bytes, limit), method)
  return tooLargeText(id, limit)
}

interface ResultOptions {
  validate: boolean
  maxMessageBytes: number
  /** Told of a result that cannot be sent: its handler has ended. */
  threw(error: unknown, method: string): void
}

/** An answer, or in its place the error that it is too large. */
export const fitting = <T extends string | JsonParts>(id: Id | null, text: T, limit: number): T | string =>
  excessBytes(limit, text) === 0 ? text : tooLargeText(id, limit)
