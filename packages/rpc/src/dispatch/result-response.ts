import type { DispatchOptions } from './dispatch-options.js'
import { ErrorCode } from '../errors/error-code.js'
import { issuesOf } from '../errors/local-errors.js'
import { jsonOf, LongJson } from '../json/json-parts.js'
import { errorText, resultText, tooLargeText, type Id } from '../protocol/message.js'
import { toJson } from '../json/to-json.js'
import { bytesOver } from '../json/text-size.js'
import type { Running } from './running-request.js'

/** What a handler that ended well is answered with: its result, or why that cannot be sent. */
export function answerWith(running: Running, result: unknown, options: DispatchOptions): string | LongJson {
  const { id, member } = running
  if (member === undefined) return fitting(id, resultText(id, toJson(result)), options.maxMessageBytes)
  const wire = member.result.encode(result)
  const issue = options.validate ? member.result.check(wire ?? null) : undefined
  if (issue !== undefined) {
    const text = `The result does not fit the contract: result${issue.path} ${issue.message}`
    return errorText(id, ErrorCode.InternalError, text, toJson(issuesOf(issue)))
  }
  const json = jsonOf(wire)
  const whole = json instanceof LongJson ? json.within(resultText(id, ''), 1) : resultText(id, json)
  return fitting(id, whole, options.maxMessageBytes)
}

/** An answer, or in its place the error that it is too large. */
export const fitting = <T extends string | LongJson>(id: Id | null, text: T, limit: number): T | string =>
  bytesOver(limit, text) === 0 ? text : tooLargeText(id, limit)
