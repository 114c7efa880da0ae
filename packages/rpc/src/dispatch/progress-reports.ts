import { excessBytes } from '../json/text-size.js'
import { toJson } from '../json/to-json.js'
import { progressText } from '../protocol/message.js'
import type { Answers, DispatchOptions } from './dispatch-options.js'
import type { RunningRequest } from './running-request.js'

/** A report that a slow reader has not taken by then is replaced by the next. */
const coalesceAt = 1024 * 1024

/** Progress on its way out. It never waits for the reader: of a call's late reports only the newest is kept. */
export class ProgressReports {
  private readonly options: DispatchOptions
  private readonly answers: Answers
  private readonly late = new Map<RunningRequest, string>()

  constructor(options: DispatchOptions, answers: Answers) {
    this.options = options
    this.answers = answers
  }

  /** Throws a TypeError for a report that does not fit, a RangeError for one that is too large. */
  send(running: RunningRequest, value: unknown): void {
    const codec = running.member?.progress
    const { validate, maxMessageBytes } = this.options
    if (running.over || running.cancelled) return
    const wire = codec === undefined ? value : codec.encode(value)
    const issue = validate ? codec?.check(wire) : undefined
    if (issue !== undefined)
      throw new TypeError(
        `The progress of ${running.method} does not fit the contract: progress${issue.path} ${issue.message}`,
      )
    const text = progressText(running.id, toJson(wire))
    const bytes = excessBytes(maxMessageBytes, text)
    if (bytes > 0)
      throw new RangeError(
        `A progress report of ${running.method} was not sent: its message has ${bytes} bytes, the limit is ${maxMessageBytes} (maxMessageBytes)`,
      )
    if (this.answers.bufferedAmount < coalesceAt) this.answers.send(text)
    else this.coalesce(running, text)
  }

  /** No report follows its call's answer. */
  forget(running: RunningRequest): void {
    if (this.late.size > 0) this.late.delete(running)
  }

  forgetAll(): void {
    this.late.clear()
  }

  private coalesce(running: RunningRequest, text: string): void {
    this.late.set(running, text)
    if (this.late.size === 1) void this.answers.drained().then(() => this.sendLate())
  }

  private sendLate(): void {
    for (const text of this.late.values()) this.answers.send(text)
    this.late.clear()
  }
}
