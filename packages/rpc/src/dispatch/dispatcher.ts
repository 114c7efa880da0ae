import { ErrorCode } from '../errors/error-code.js'
import { issuesOf } from '../errors/local-errors.js'
import { textOf, type RpcError } from '../errors/rpc-error.js'
import type { JsonParts } from '../json/json-parts.js'
import { toJson } from '../json/to-json.js'
import { IdTable } from '../protocol/id-table.js'
import type { BatchAnswers } from '../protocol/message-sink.js'
import { errorText, type Id } from '../protocol/message.js'
import type { Answers, DispatchOptions, BoundMethod, Handler } from './dispatch-options.js'
import { answerFor, declaredError } from './error-response.js'
import { ProgressReports } from './progress-reports.js'
import { answerWith, fitting } from './result-response.js'
import { RunningRequest, type RequestOwner } from './running-request.js'
import { produce, type ProducerOwner } from './stream-producer.js'
import { TurnBudget } from './turn-budget.js'

/** Requests in, handlers run, responses out. Knows nothing about bytes. */
export class Dispatcher implements RequestOwner, ProducerOwner {
  readonly options: DispatchOptions
  readonly answers: Answers
  readonly budget = new TurnBudget()
  /** New requests are refused. */
  stopping = false
  /** Nobody grants credit any more: items flow as fast as the output takes them. */
  windowsOpen = false
  private readonly running = new IdTable<RunningRequest>()
  private readonly reports: ProgressReports

  constructor(options: DispatchOptions, answers: Answers) {
    this.options = options
    this.answers = answers
    this.reports = new ProgressReports(options, answers)
  }

  get peer(): unknown {
    return this.options.peer
  }

  get size(): number {
    return this.running.size
  }

  has(id: Id): boolean {
    return this.running.get(id) !== undefined
  }

  request(id: Id, method: string, params: unknown, batch?: BatchAnswers): void {
    if (this.running.get(id) !== undefined) {
      this.refuse(
        null,
        ErrorCode.InvalidRequest,
        `The id ${toJson(id)} is that of a request still running`,
        undefined,
        batch,
      )
      return
    }
    if (this.stopping) {
      this.refuse(
        id,
        ErrorCode.ShuttingDown,
        'This peer is stopping and takes no new calls',
        undefined,
        batch,
      )
      return
    }
    const known = this.options.methods.get(method)
    if (known === undefined) this.undeclared(id, method, params, batch)
    else this.declared(id, known, params, batch)
  }

  /** Answers with an error; a batch gathers it. */
  refuse(id: Id | null, code: number, message: string, data?: unknown, batch?: BatchAnswers): void {
    const whole = errorText(id, code, message, data === undefined ? undefined : toJson(data))
    // Its words may repeat much of what was sent.
    const text = fitting(id, whole, this.options.maxMessageBytes)
    if (batch === undefined) this.answers.send(text)
    else batch.add(id, text)
  }

  /** Ignored for a request that is unknown or answered. */
  cancel(id: unknown): void {
    this.running.get(id)?.cancel()
  }

  credit(id: unknown, items: unknown): void {
    const running = this.running.get(id)
    if (running?.window === undefined) return
    running.window.credit(items)
    if (running.window.isOpen) running.wake()
  }

  /** No more credit will come: every producer goes on. */
  openWindows(): void {
    this.windowsOpen = true
    for (const running of this.running.all()) {
      running.window?.open()
      running.wake()
    }
  }

  cancelAll(): void {
    for (const running of this.running.all()) running.cancel()
  }

  /** The other side is stopping or was stopped by us: each open request is answered at once, its handler told to end. */
  shutDown(): void {
    this.stopping = true
    for (const running of this.running.all()) {
      const answer = running.cancelled
        ? this.cancelledAnswer(running)
        : errorText(running.id, ErrorCode.ShuttingDown, 'This peer is stopping')
      this.finish(running, answer)
      running.cancel()
    }
  }

  /** The session is over: nobody is left to be answered. */
  forgetAll(): void {
    for (const running of this.running.all()) {
      running.over = true
      running.cancel()
    }
    this.running.clear()
    this.reports.forgetAll()
    this.windowsOpen = false
  }

  sendProgress(running: RunningRequest, value: unknown): void {
    this.reports.send(running, value)
  }

  declaredError(running: RunningRequest, name: string, data: unknown, message: string | undefined): RpcError {
    return declaredError(running, name, data, message, this.options.validate)
  }

  /** The handler ended well. */
  succeeded(running: RunningRequest, result: unknown): void {
    if (running.over) return
    if (running.cancelled) {
      this.finish(running, this.cancelledAnswer(running))
      return
    }
    try {
      this.finish(running, answerWith(running, result, this.options))
    } catch (error) {
      this.failed(running, error)
    }
  }

  failed(running: RunningRequest, thrown: unknown): void {
    if (running.over) return
    if (running.cancelled) {
      this.finish(running, this.cancelledAnswer(running))
      return
    }
    const { code, message, data } = answerFor(running, thrown, this.options)
    const text = errorText(running.id, code, message, data)
    this.finish(running, fitting(running.id, text, this.options.maxMessageBytes))
  }

  private declared(
    id: Id,
    { member, handler }: BoundMethod,
    params: unknown,
    batch: BatchAnswers | undefined,
  ): void {
    let wire: unknown = params ?? (member.positional ? [] : {})
    if (this.options.validate) {
      const issue = member.params.check(wire)
      if (issue !== undefined) {
        const text = `The params do not fit the contract: params${issue.path} ${issue.message}`
        this.refuse(id, ErrorCode.InvalidParams, text, issuesOf(issue), batch)
        return
      }
    }
    try {
      wire = member.params.decode(wire)
    } catch (error) {
      // Only without validation: what was checked can be decoded.
      this.refuse(id, ErrorCode.InvalidParams, textOf(error), undefined, batch)
      return
    }
    this.run(new RunningRequest(this, id, member.name, member, batch), handler, wire)
  }

  private undeclared(id: Id, method: string, params: unknown, batch: BatchAnswers | undefined): void {
    const { reserved, fallback, isEcho } = this.options
    if (batch === undefined && isEcho(id, method)) return
    const running = new RunningRequest(this, id, method, undefined, batch)
    const answer = reserved.get(method)
    if (answer !== undefined) this.run(running, answer, undefined)
    else if (fallback !== undefined)
      this.run(running, (given, context) => fallback(method, given, context), params)
    else this.refuse(id, ErrorCode.MethodNotFound, `There is no method ‘${method}’ here`, { method }, batch)
  }

  private run(running: RunningRequest, handler: Handler, params: unknown): void {
    this.running.add(running)
    let value: unknown
    let way: Way
    try {
      value = handler(params, running)
      // A proxy may refuse to be asked.
      way = wayOf(value, running.member?.item !== undefined)
    } catch (error) {
      this.failed(running, error)
      return
    }
    if (way === 'at once') this.succeeded(running, value)
    else if (way === 'later') void this.settle(running, value as Promise<unknown>)
    else void produce(this, running, value as AsyncIterator<unknown>)
  }

  private async settle(running: RunningRequest, promise: Promise<unknown>): Promise<void> {
    let result: unknown
    try {
      result = await promise
    } catch (error) {
      this.failed(running, error)
      return
    }
    this.succeeded(running, result)
  }

  private cancelledAnswer({ id }: RunningRequest): string | undefined {
    if (!this.options.answersCancelled) return undefined
    return errorText(id, ErrorCode.RequestCancelled, 'The call was cancelled')
  }

  private finish(running: RunningRequest, text: string | JsonParts | undefined): void {
    running.over = true
    this.running.remove(running.id)
    this.reports.forget(running)
    const { batch } = running
    if (text === undefined) batch?.done()
    else if (batch === undefined) this.answers.send(text)
    else batch.add(running.id, text.toString())
    if (this.running.size === 0) this.answers.idle()
  }
}

/** How the result of a handler comes. */
type Way = 'at once' | 'later' | 'after items'

function wayOf(value: unknown, yields: boolean): Way {
  if (typeof value !== 'object' || value === null) return 'at once'
  if (yields && 'next' in value) return 'after items'
  return 'then' in value ? 'later' : 'at once'
}
