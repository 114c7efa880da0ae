import { ownProgressTooLarge, ownProgressUnfit } from '../errors/handler-errors.js'
import { excessBytes } from '../json/text-size.js'
import { toJson } from '../json/to-json.js'
import { progressText } from '../protocol/message.js'
import type { Outbox } from '../protocol/outbox.js'
import { reportText } from '../protocol/progress-token.js'
import { insteadOf } from '../validate/describe-misfit.js'
import type { AnswerOptions } from './dispatch-options.js'
import type { RunningRequest } from './running-request.js'

/** A report that a slow reader has not taken by then is replaced by the next. */
const coalesceAt = 1024 * 1024

/** Outgoing progress. It never waits for the reader: of a call's delayed reports only the newest is kept. */
export class ProgressReports {
  private readonly options: Pick<AnswerOptions, 'validate' | 'maxMessageBytes' | 'foreign' | 'progress'>
  private readonly outbox: Pick<Outbox, 'send' | 'bufferedAmount' | 'drained'>
  private readonly late = new Map<RunningRequest, string>()

  constructor(options: ProgressReports['options'], outbox: ProgressReports['outbox']) {
    this.options = options
    this.outbox = outbox
  }

  /** Throws a TypeError for a report that does not fit, a RangeError for one that is too large. */
  send(request: RunningRequest, value: unknown): void {
    const { validate, maxMessageBytes } = this.options
    const { member, method } = request
    const codec = member?.progress
    const wire = codec === undefined ? value : codec.encode(value)
    const issue = validate ? codec?.check(wire) : undefined
    if (issue !== undefined) throw ownProgressUnfit(method, issue, insteadOf(codec?.shape, issue, value))
    const text = this.text(request, toJson(wire))
    if (text === undefined) return
    const bytes = excessBytes(maxMessageBytes, text)
    if (bytes > 0) throw ownProgressTooLarge(method, bytes, maxMessageBytes)
    if (this.outbox.bufferedAmount < coalesceAt) this.outbox.send(text)
    else this.coalesce(request, text)
  }

  /** Undefined where the caller, a foreign program, has not asked for reports or takes none. */
  private text({ id, method, progressToken }: RunningRequest, value: string): string | undefined {
    const { foreign, progress } = this.options
    if (!foreign) return progressText(id, value)
    if (progress === 'none' || progressToken === undefined) return undefined
    if (progress === 'mcp' && !value.startsWith('{'))
      throw new TypeError(`The progress of ${method} must be an object such as { progress: 1, total: 3 }`)
    return reportText(progress, progressToken, value)
  }

  /** No report follows its call's answer. */
  forget(request: RunningRequest): void {
    if (this.late.size > 0) this.late.delete(request)
  }

  forgetAll(): void {
    this.late.clear()
  }

  private coalesce(request: RunningRequest, text: string): void {
    this.late.set(request, text)
    if (this.late.size === 1) void this.outbox.drained().then(() => this.sendLate())
  }

  private sendLate(): void {
    for (const text of this.late.values()) this.outbox.send(text)
    this.late.clear()
  }
}
