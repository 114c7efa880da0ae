import { stoppedMeanwhile, wasCancelled, type ProtocolError } from '../errors/protocol-errors.js'
import type { JsonParts } from '../json/json-parts.js'
import { toJson } from '../json/to-json.js'
import { IdTable } from '../protocol/id-table.js'
import type { BatchAnswers } from '../protocol/message-sink.js'
import { errorText, type Id } from '../protocol/message.js'
import type { Outbox } from '../protocol/outbox.js'
import type { Backlog } from './backlog.js'
import type { AnswerOptions } from './dispatch-options.js'
import { answerFor } from './error-response.js'
import { ProgressReports } from './progress-reports.js'
import { answerWith, fitting } from './result-response.js'
import type { RunningRequest } from './running-request.js'

/** The requests that run here, and the one answer that each gets: the only place that begins and ends them. */
export class RunningRequests {
  private readonly options: AnswerOptions
  private readonly outbox: Outbox
  private readonly backlog: Backlog
  private readonly reports: ProgressReports
  /** Called when the last one has ended. */
  private readonly idle: () => void
  private readonly running = new IdTable<RunningRequest>()
  /** No more credit will come: items flow as fast as the output takes them. */
  private unlimited = false

  constructor(options: AnswerOptions, outbox: Outbox, backlog: Backlog, idle: () => void) {
    this.options = options
    this.outbox = outbox
    this.backlog = backlog
    this.idle = idle
    this.reports = new ProgressReports(options, outbox)
  }

  get size(): number {
    return this.running.size
  }

  /** Do streams that begin now flow without credit? */
  get isUnlimited(): boolean {
    return this.unlimited
  }

  get(id: unknown): RunningRequest | undefined {
    return this.running.get(id)
  }

  begin(request: RunningRequest): void {
    this.running.add(request)
  }

  progress(request: RunningRequest, value: unknown): void {
    if (!request.isSettled && !request.isCancelled) this.reports.send(request, value)
  }

  /** The handler ended well. */
  succeeded(request: RunningRequest, result: unknown): void {
    if (request.isSettled) return
    if (request.isCancelled) {
      this.finish(request, this.cancelledAnswer(request))
      return
    }
    try {
      this.finish(request, answerWith(request, result, this.options))
    } catch (error) {
      this.failed(request, error)
    }
  }

  failed(request: RunningRequest, thrown: unknown): void {
    if (request.isSettled) return
    if (request.isCancelled) {
      this.finish(request, this.cancelledAnswer(request))
      return
    }
    const { code, message, data, failure } = answerFor(request, thrown, this.options)
    // Before the answer, with which this program may end.
    if (failure !== undefined) this.options.threw(failure.error, request.method)
    const text = errorText(request.id, code, message, data)
    this.finish(request, fitting(request.id, text, this.options.maxMessageBytes))
  }

  /** Answers a request that does not start with an error; a batch gathers it. */
  refuse(id: Id | null, error: ProtocolError, batch?: BatchAnswers): void {
    // Its message may repeat much of what was sent.
    const text = fitting(id, answer(id, error), this.options.maxMessageBytes)
    if (batch === undefined) this.outbox.send(text)
    else batch.add(id, text)
    this.backlog.answered(text.length)
  }

  /** No more credit will come: every producer continues. */
  openWindows(): void {
    this.unlimited = true
    for (const request of this.running.all()) request.openWindow()
  }

  cancelAll(): void {
    for (const request of this.running.all()) request.cancel()
  }

  /** Each is answered at once, and its handler cancelled. */
  shutDown(): void {
    for (const request of this.running.all()) {
      this.finish(
        request,
        request.isCancelled ? this.cancelledAnswer(request) : answer(request.id, stoppedMeanwhile),
      )
      request.cancel()
    }
  }

  /** The session is over: nothing can be answered any more. */
  forgetAll(): void {
    for (const request of this.running.all()) {
      request.settle()
      request.cancel()
    }
    this.running.clear()
    this.reports.forgetAll()
    this.unlimited = false
  }

  private cancelledAnswer({ id }: RunningRequest): string | undefined {
    return this.options.answersCancelled ? answer(id, wasCancelled) : undefined
  }

  private finish(request: RunningRequest, text: string | JsonParts | undefined): void {
    request.settle()
    this.running.remove(request.id)
    this.reports.forget(request)
    const { batch } = request
    if (text === undefined) batch?.done()
    else if (batch === undefined) this.outbox.send(text)
    else batch.add(request.id, text.toString())
    if (this.running.size === 0) this.idle()
  }
}

const answer = (id: Id | null, { code, message, data }: ProtocolError): string =>
  errorText(id, code, message, data === undefined ? undefined : toJson(data))
