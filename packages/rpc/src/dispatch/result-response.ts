import { unfitResult } from '../errors/protocol-errors.js'
import { JsonParts, jsonParts } from '../json/json-parts.js'
import { excessBytes } from '../json/text-size.js'
import { toJson } from '../json/to-json.js'
import { errorText, resultText, tooLargeText, type Id } from '../protocol/message.js'
import type { RunningRequest } from './running-request.js'

/** What a handler that ended well is answered with: its result, or why that cannot be sent. */
export function answerWith(
  { id, member }: RunningRequest,
  result: unknown,
  options: { validate: boolean; maxMessageBytes: number },
): string | JsonParts {
  if (member === undefined) return fitting(id, resultText(id, toJson(result)), options.maxMessageBytes)
  const wire = member.result.encode(result)
  const issue = options.validate ? member.result.check(wire ?? null) : undefined
  if (issue !== undefined) {
    const { code, message, data } = unfitResult(issue)
    return errorText(id, code, message, toJson(data))
  }
  const json = jsonParts(wire)
  const whole = json instanceof JsonParts ? json.within(resultText(id, ''), 1) : resultText(id, json)
  return fitting(id, whole, options.maxMessageBytes)
}

/** An answer, or in its place the error that it is too large. */
export const fitting = <T extends string | JsonParts>(id: Id | null, text: T, limit: number): T | string =>
  excessBytes(limit, text) === 0 ? text : tooLargeText(id, limit)
