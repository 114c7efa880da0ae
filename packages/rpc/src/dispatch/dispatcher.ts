import {
  idInUse,
  noSuchMethod,
  takesNoCalls,
  undecodableParams,
  unfitParams,
  unfitRequest,
} from '../errors/protocol-errors.js'
import type { RpcError } from '../errors/rpc-error.js'
import { textOf } from '../errors/thrown.js'
import { toJson } from '../json/to-json.js'
import type { Carried } from '../protocol/carried.js'
import type { BatchAnswers } from '../protocol/message-sink.js'
import type { Id } from '../protocol/message.js'
import type { Outbox } from '../protocol/outbox.js'
import { tokenIn } from '../protocol/progress-token.js'
import { Backlog } from './backlog.js'
import type { BoundMethod, DispatchOptions, Handler } from './dispatch-options.js'
import { declaredError } from './error-response.js'
import { RunningRequest, type ContextServices } from './running-request.js'
import { RunningRequests } from './running-requests.js'
import { StreamProducer } from './stream-producer.js'

/** Requests in, handlers run, responses out. Knows nothing about bytes. */
export class Dispatcher implements ContextServices {
  readonly requests: RunningRequests
  private readonly options: DispatchOptions
  private readonly producer: StreamProducer
  /** `protocol`: only what every peer is asked; everything else stays unanswered, until the end of the session says why. */
  private takes: 'everything' | 'protocol' | 'nothing' = 'everything'
  private readonly backlog: Backlog

  /** @param idle the last running request has ended */
  constructor(options: DispatchOptions, outbox: Outbox, idle: () => void) {
    this.options = options
    this.backlog = new Backlog(outbox, options.backlog)
    this.requests = new RunningRequests(options, outbox, this.backlog, idle)
    this.producer = new StreamProducer(options, outbox, this.requests)
  }

  /** A session begins: requests are accepted. */
  open(): void {
    this.takes = 'everything'
  }

  /** New requests are rejected, and running ones answered at once. */
  shutDown(): void {
    this.takes = 'nothing'
    this.requests.shutDown()
  }

  /** The session is about to end, and only the protocol's own requests are still answered. */
  takeProtocolOnly(): void {
    this.takes = 'protocol'
  }

  /** The session is over: nothing can be answered any more. */
  close(): void {
    this.backlog.forget()
    this.requests.forgetAll()
  }

  /** @param bytes of its message, or 0 for one of a batch */
  request(
    id: Id,
    method: string,
    params: unknown,
    bytes: number,
    batch: BatchAnswers | undefined,
    carried: Carried,
  ): void {
    if (this.requests.get(id) !== undefined) this.requests.refuse(null, idInUse(toJson(id)), batch)
    else if (this.takes === 'nothing') this.requests.refuse(id, takesNoCalls, batch)
    else if (this.takes === 'everything' || this.options.reserved.has(method)) {
      const known = this.options.methods.get(method)
      if (known === undefined) this.undeclared(id, method, params, bytes, batch, carried)
      else this.declared(id, known, params, bytes, batch, carried)
    }
  }

  /** Ignored for a request that is unknown or answered. */
  cancel(id: unknown): void {
    this.requests.get(id)?.cancel()
  }

  credit(id: unknown, items: unknown): void {
    this.requests.get(id)?.credit(items)
  }

  // ---- services of a handler's context

  peerOf(request: RunningRequest): unknown {
    return this.options.peer(request)
  }

  sendProgress(request: RunningRequest, value: unknown): void {
    this.requests.progress(request, value)
  }

  declaredError(request: RunningRequest, name: string, data: unknown, message: string | undefined): RpcError {
    return declaredError(request, name, data, message, this.options.validate)
  }

  private declared(
    id: Id,
    { member, handler }: BoundMethod,
    params: unknown,
    bytes: number,
    batch: BatchAnswers | undefined,
    carried: Carried,
  ): void {
    let wire: unknown = params ?? (member.positional ? [] : {})
    if (this.options.validate) {
      const issue = member.params.check(wire)
      if (issue !== undefined) {
        this.options.protocolError(unfitRequest(member.name, issue), { method: member.name, value: wire })
        this.requests.refuse(id, unfitParams(issue), batch)
        return
      }
    }
    try {
      wire = member.params.decode(wire)
    } catch (error) {
      // Only without validation: what was checked can be decoded.
      this.requests.refuse(id, undecodableParams(textOf(error)), batch)
      return
    }
    const request = new RunningRequest(this, id, member.name, member, batch, carried)
    const { progress } = this.options
    if (progress !== 'none') request.progressToken = tokenIn(progress, wire)
    this.run(request, handler, wire, bytes)
  }

  private undeclared(
    id: Id,
    method: string,
    params: unknown,
    bytes: number,
    batch: BatchAnswers | undefined,
    carried: Carried,
  ): void {
    const { reserved, fallback, isEcho } = this.options
    const answer = reserved.get(method)
    const by = answer !== undefined ? 'protocol' : fallback !== undefined ? 'fallback' : 'nobody'
    if (batch === undefined && isEcho(id, method, params, by)) return
    const request = new RunningRequest(this, id, method, undefined, batch, carried)
    if (answer !== undefined) this.run(request, answer, undefined, bytes)
    else if (fallback !== undefined)
      this.run(request, (given, context) => fallback(method, given, context), params, bytes)
    else this.requests.refuse(id, noSuchMethod(method), batch)
  }

  /** The handler starts at once, unless the other side has to read first. */
  private run(request: RunningRequest, handler: Handler, params: unknown, bytes: number): void {
    this.requests.begin(request)
    if (this.backlog.isBlocked) this.backlog.wait(() => this.startLate(request, handler, params), bytes)
    else this.start(request, handler, params)
  }

  private startLate(request: RunningRequest, handler: Handler, params: unknown): void {
    if (request.isSettled) return
    if (request.isCancelled) this.requests.succeeded(request, undefined)
    else this.start(request, handler, params)
  }

  private start(request: RunningRequest, handler: Handler, params: unknown): void {
    let value: unknown
    let comes: ResultComes
    try {
      value = handler(params, request)
      // A proxy may throw when it is examined.
      comes = howResultComes(value, request.member?.item !== undefined)
    } catch (error) {
      this.requests.failed(request, error)
      return
    }
    if (comes === 'at once') this.requests.succeeded(request, value)
    else if (comes === 'later') void this.settle(request, value as Promise<unknown>)
    else void this.producer.run(request, value as AsyncIterator<unknown>)
  }

  private async settle(request: RunningRequest, promise: Promise<unknown>): Promise<void> {
    let result: unknown
    try {
      result = await promise
    } catch (error) {
      this.requests.failed(request, error)
      return
    }
    this.requests.succeeded(request, result)
  }
}

type ResultComes = 'at once' | 'later' | 'after items'

function howResultComes(value: unknown, yields: boolean): ResultComes {
  if (typeof value !== 'object' || value === null) return 'at once'
  if (yields && 'next' in value) return 'after items'
  return 'then' in value ? 'later' : 'at once'
}
