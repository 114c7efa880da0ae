import { ErrorCode } from './error-code.js'
import type { Batch } from './incoming.js'
import type { Member } from './members.js'
import { errorText, progressText, resultText, toJson, type Id } from './message.js'
import { produce } from './produce.js'
import { answerFor, declaredError } from './answer-error.js'
import { issuesOf, textOf, type RpcError } from './rpc-error.js'
import { Running, type RunningOwner } from './running.js'
import { TurnBudget } from './turn-budget.js'

export type MethodHandler = (params: unknown, context: Running) => unknown

/** A method and what it does. */
export interface Implemented {
  member: Member
  handler: MethodHandler
}

/** Requests that the contract does not declare. */
type FallbackHandler = (method: string, params: unknown, context: Running) => unknown

export interface DispatchOptions {
  /** The methods that are declared and implemented. */
  methods: ReadonlyMap<string, Implemented>
  /** The requests every peer answers: `rpc.ping` and the like. */
  reserved: ReadonlyMap<string, () => unknown>
  fallback: FallbackHandler | undefined
  validate: boolean
  /** Errors that failed handlers answer with carry the stack. */
  debug: boolean
  /** Any integer may be an error's code: the other side is not bound to the contract. */
  foreign: boolean
  maxMessageBytes: number
  /** What handlers get as `peer`. */
  peer: unknown
}

/** Where answers go. */
export interface Answers {
  send(text: string): void
  readonly bufferedAmount: number
  drained(): Promise<void>
  /** Something that was not asked for and has nobody to be told: a late progress that does not fit, and so on. */
  protocolError(message: string): void
  /** The last running request is over. */
  idle(): void
}

/** A report that a slow reader has not taken by then is replaced by the next. */
const coalesceProgressAt = 1024 * 1024

/** Requests in, handlers run, responses out. Knows nothing about bytes. */
export class Dispatch implements RunningOwner {
  readonly options: DispatchOptions
  readonly answers: Answers
  readonly budget = new TurnBudget()
  /** New requests are refused. */
  stopping = false
  /** Nobody grants credit any more: items flow as fast as the output takes them. */
  windowsOpen = false
  private readonly running = new Map<Id, Running>()
  private readonly lateProgress = new Map<Running, string>()

  constructor(options: DispatchOptions, answers: Answers) {
    this.options = options
    this.answers = answers
  }

  get peer(): unknown {
    return this.options.peer
  }

  get size(): number {
    return this.running.size
  }

  has(id: Id): boolean {
    return this.running.has(id)
  }

  request(id: Id, method: string, params: unknown, batch?: Batch): void {
    if (this.running.has(id)) {
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
  refuse(id: Id | null, code: number, message: string, data?: unknown, batch?: Batch): void {
    const text = errorText(id, code, message, data === undefined ? undefined : toJson(data))
    if (batch === undefined) this.answers.send(text)
    else batch.add(text)
  }

  /** Ignored for a request that is unknown or answered. */
  cancel(id: unknown): void {
    this.running.get(id as Id)?.cancel()
  }

  credit(id: unknown, items: unknown): void {
    const running = this.running.get(id as Id)
    if (running?.window === undefined) return
    running.window.credit(items)
    if (running.window.isOpen) running.wake()
  }

  /** No more credit will come: every producer goes on. */
  openWindows(): void {
    this.windowsOpen = true
    for (const running of this.running.values()) {
      running.window?.open()
      running.wake()
    }
  }

  cancelAll(): void {
    for (const running of this.running.values()) running.cancel()
  }

  /** The other side is stopping or was stopped by us: each open request is answered at once, its handler told to end. */
  shutDown(): void {
    this.stopping = true
    for (const running of [...this.running.values()]) {
      this.finish(running, errorText(running.id, ErrorCode.ShuttingDown, 'This peer is stopping'))
      running.cancel()
    }
  }

  /** The session is over: nobody is left to be answered. */
  forgetAll(): void {
    for (const running of [...this.running.values()]) {
      running.over = true
      running.cancel()
    }
    this.running.clear()
    this.lateProgress.clear()
    this.windowsOpen = false
  }

  sendProgress(running: Running, value: unknown): void {
    const gate = running.member?.progress
    if (running.over || running.cancelled) return
    const wire = gate === undefined ? value : gate.encode(value)
    const issue = this.options.validate ? gate?.check(wire) : undefined
    if (issue !== undefined)
      throw new TypeError(
        `The progress of ${running.method} does not fit the contract: progress${issue.path} ${issue.message}`,
      )
    const text = progressText(running.id, toJson(wire))
    if (this.tooLarge(text) !== 0) throw new RangeError(`A progress report of ${running.method} is too large`)
    if (this.answers.bufferedAmount < coalesceProgressAt) this.answers.send(text)
    else this.coalesce(running, text)
  }

  declaredError(running: Running, name: string, data: unknown, message: string | undefined): RpcError {
    return declaredError(running, name, data, message, this.options.validate)
  }

  /** The handler ended well. */
  succeeded(running: Running, result: unknown): void {
    if (running.over) return
    if (running.cancelled) {
      this.finish(running, cancelledText(running.id))
      return
    }
    try {
      this.finish(running, this.resultOf(running, result))
    } catch (error) {
      this.failed(running, error)
    }
  }

  failed(running: Running, thrown: unknown): void {
    if (running.over) return
    if (running.cancelled) {
      this.finish(running, cancelledText(running.id))
      return
    }
    const { code, message, data } = answerFor(running, thrown, this.options)
    let text = errorText(running.id, code, message, data)
    if (this.tooLarge(text) !== 0) text = tooLargeText(running.id, this.options.maxMessageBytes)
    this.finish(running, text)
  }

  /** How many bytes, if they are too many; else 0. */
  tooLarge(text: string): number {
    const limit = this.options.maxMessageBytes
    if (text.length * 3 <= limit) return 0
    const bytes = Buffer.byteLength(text)
    return bytes > limit ? bytes : 0
  }

  private declared(
    id: Id,
    { member, handler }: Implemented,
    params: unknown,
    batch: Batch | undefined,
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
    this.run(new Running(this, id, member.name, member, batch), handler, wire)
  }

  private undeclared(id: Id, method: string, params: unknown, batch: Batch | undefined): void {
    const { reserved, fallback } = this.options
    const running = new Running(this, id, method, undefined, batch)
    const answer = reserved.get(method)
    if (answer !== undefined) this.run(running, answer, undefined)
    else if (fallback !== undefined)
      this.run(running, (given, context) => fallback(method, given, context), params)
    else this.refuse(id, ErrorCode.MethodNotFound, `There is no method ‘${method}’ here`, { method }, batch)
  }

  private run(running: Running, handler: MethodHandler, params: unknown): void {
    this.running.set(running.id, running)
    let value: unknown
    try {
      value = handler(params, running)
    } catch (error) {
      this.failed(running, error)
      return
    }
    if (typeof value !== 'object' || value === null) this.succeeded(running, value)
    else if (running.member?.item !== undefined && 'next' in value)
      void produce(this, running, value as AsyncIterator<unknown>)
    else if ('then' in value) void this.settle(running, value as Promise<unknown>)
    else this.succeeded(running, value)
  }

  private async settle(running: Running, promise: Promise<unknown>): Promise<void> {
    let result: unknown
    try {
      result = await promise
    } catch (error) {
      this.failed(running, error)
      return
    }
    this.succeeded(running, result)
  }

  private resultOf(running: Running, result: unknown): string {
    const { id, member } = running
    if (member === undefined) return this.fitting(id, resultText(id, toJson(result)))
    const wire = member.result.encode(result)
    if (this.options.validate) {
      const issue = member.result.check(wire ?? null)
      if (issue !== undefined) {
        const text = `The result does not fit the contract: result${issue.path} ${issue.message}`
        return errorText(id, ErrorCode.InternalError, text, toJson(issuesOf(issue)))
      }
    }
    return this.fitting(id, resultText(id, toJson(wire)))
  }

  private fitting(id: Id, text: string): string {
    return this.tooLarge(text) === 0 ? text : tooLargeText(id, this.options.maxMessageBytes)
  }

  private finish(running: Running, text: string): void {
    running.over = true
    this.running.delete(running.id)
    if (this.lateProgress.size > 0) this.lateProgress.delete(running)
    if (running.batch === undefined) this.answers.send(text)
    else running.batch.add(text)
    if (this.running.size === 0) this.answers.idle()
  }

  private coalesce(running: Running, text: string): void {
    this.lateProgress.set(running, text)
    if (this.lateProgress.size === 1) void this.answers.drained().then(() => this.sendLateProgress())
  }

  private sendLateProgress(): void {
    for (const text of this.lateProgress.values()) this.answers.send(text)
    this.lateProgress.clear()
  }
}

const cancelledText = (id: Id): string => errorText(id, ErrorCode.RequestCancelled, 'The call was cancelled')

const tooLargeText = (id: Id, limit: number): string =>
  errorText(
    id,
    ErrorCode.InternalError,
    `The answer is larger than the limit of ${limit} bytes`,
    '{"reason":"MESSAGE_TOO_LARGE"}',
  )
