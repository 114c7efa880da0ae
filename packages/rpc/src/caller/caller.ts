import { addFrames } from '@simple-ipc/worker'

import type { ProgressStyle } from '../contract/contract-spec.js'
import type { CallOptions } from '../contract/contract-types.js'
import { namesOf, type Member, type MemberKind } from '../contract/members.js'
import * as errors from '../errors/local-errors.js'
import { neverAsked } from '../errors/protocol-errors.js'
import { RpcError } from '../errors/rpc-error.js'
import { unknownMember } from '../errors/unknown-member.js'
import { toJson } from '../json/to-json.js'
import type { Arrivals } from '../protocol/arrivals.js'
import type { Meta } from '../protocol/carried.js'
import type { UnreadableMessage } from '../protocol/message-sink.js'
import { requestText, type WireMessage } from '../protocol/message.js'
import type { Outbox } from '../protocol/outbox.js'
import { CallMeta, type Served } from './call-meta.js'
import { limitCall } from './call-cancellation.js'
import { serving, type TimedOptions } from './call-options.js'
import { CallStream } from './call-stream.js'
import type { Disconnection } from './disconnection.js'
import { OutgoingQueue, type OutgoingOptions } from './outgoing-queue.js'
import { EchoDetection, type AnsweredBy } from './echo-detection.js'
import { PendingCall, PendingCalls } from './pending-calls.js'
import { readItems } from './read-items.js'
import { ProgressTokens } from './progress-tokens.js'
import { report, settle, type ReportEvents } from './settle-call.js'
import { StreamControl } from './stream-control.js'
import { timeoutError, type TimeoutContext } from './timeout-error.js'

export interface CallerOptions extends OutgoingOptions {
  /** What the other side has. */
  methods: ReadonlyMap<string, Member>
  /** False: deadlines never expire. */
  timeouts: boolean
  maxQueuedBytes: number
  /** How a foreign program reports progress. */
  progress: ProgressStyle
  /** The other side is not bound to the contract. */
  foreign: boolean
  /** Requests that the contract does not declare are answered here. */
  fallback: boolean
  /** What every call tells of this side. */
  meta: (() => Meta) | undefined
}

export interface CallerEvents extends ReportEvents, Pick<TimeoutContext, 'report' | 'lastError'> {
  /** The first call was made, or the last one has ended. */
  busy(busy: boolean): void
}

/** Calls out, answers in: this peer as the one who asks. */
export class Caller {
  private readonly pending = new PendingCalls()
  private readonly options: CallerOptions
  private readonly events: CallerEvents
  private readonly outbox: Outbox
  private readonly arrivals: Arrivals
  private readonly outgoing: OutgoingQueue
  private readonly streams: StreamControl
  private readonly meta: CallMeta
  /** Undefined where progress is reported under a call's id. */
  private readonly tokens: ProgressTokens | undefined
  private readonly echoes: EchoDetection
  /** Why nothing can be sent; undefined while it can be, or will be soon. */
  private whyClosed: ((method: string) => RpcError) | undefined
  private open = 0
  /** It is certain that the other side only sends back what it gets. */
  hasEcho = false

  constructor(
    options: CallerOptions,
    outbox: Outbox,
    arrivals: Arrivals,
    events: CallerEvents,
    whyClosed: (method: string) => RpcError,
  ) {
    this.options = options
    this.outbox = outbox
    this.arrivals = arrivals
    this.events = events
    this.echoes = new EchoDetection(options)
    this.meta = new CallMeta(options.meta, options.foreign)
    this.outgoing = new OutgoingQueue(this.pending, this.echoes, options, outbox, error =>
      events.threw(error),
    )
    this.streams = new StreamControl(options.maxQueuedBytes, this.outgoing, this.cancelled)
    this.tokens = options.progress === 'none' ? undefined : new ProgressTokens(options.progress)
    this.whyClosed = whyClosed
  }

  /** From now on calls wait for the connection instead of failing. */
  expect(): void {
    this.whyClosed = undefined
    this.hasEcho = false
  }

  /** The other side is there, but what is held waits: only what is asked for in {@link past} is sent. */
  prepare(): void {
    this.outgoing.link()
  }

  /** What `go` asks for is sent before what is held, also when later calls are refused. */
  past<T>(go: () => T): T {
    const { whyClosed } = this
    this.whyClosed = undefined
    try {
      return this.outgoing.past(go)
    } finally {
      this.whyClosed = whyClosed
    }
  }

  /** What `go` asks for does not wait until the other side is prepared, which may need it. */
  nested<T>(go: () => T): T {
    return this.outgoing.past(go)
  }

  /** The connection is open: what was held is sent. */
  connect(): void {
    this.outgoing.open()
    this.recount()
  }

  /** The other side has stopped reading, but may still answer what was written: calls are held. */
  hold(): void {
    this.outgoing.close(true)
  }

  /** The session is over: every call in flight fails, and what is held waits for another session or fails, too. */
  disconnect({ error, unsent = error, held = 'fail' }: Disconnection): void {
    this.outgoing.close()
    if (held === 'fail') this.whyClosed = unsent
    this.pending.failAll(error)
    if (held !== 'keep') this.outgoing.failHeld(unsent, held === 'keep-late' ? 'late' : 'nothing')
    this.recount()
  }

  /** The other side answers nothing more, but may still read: every call fails, notifications are sent. */
  answersEnded(errorFor: (method: string) => RpcError): void {
    this.whyClosed = errorFor
    this.pending.failAll(errorFor)
    this.outgoing.failHeld(errorFor, 'notifications')
    this.recount()
  }

  /** Later calls fail; those in flight continue. */
  refuseNew(errorFor: (method: string) => RpcError): void {
    this.whyClosed = errorFor
  }

  /** Bytes that wait for the other side to read them, or for a connection. */
  get bufferedAmount(): number {
    return this.outgoing.bufferedAmount
  }

  drained(): Promise<void> {
    return this.outgoing.drained()
  }

  /** Would a call fail because too much waits already? */
  get isFull(): boolean {
    return this.outgoing.isFull
  }

  /** Calls that are open, and what is held. */
  get size(): number {
    return this.open
  }

  call(name: string, params: unknown, options: CallOptions<unknown> | undefined): Promise<unknown> {
    const member = this.options.methods.get(name)
    if (member?.kind !== 'method') return Promise.reject(this.unknown(name, 'method'))
    return this.request(member, params, options)
  }

  /** Is this the id of a call that waits for its answer? */
  isOpen(id: unknown): boolean {
    return this.pending.get(id) !== undefined
  }

  /** The methods in flight, in the order of their calls. */
  inFlight(): string[] {
    return this.pending.methods()
  }

  methodNames(): string[] {
    return namesOf(this.options.methods, 'method')
  }

  /** A call of a member that need not be in the contract. */
  request(member: Member, params: unknown, options: CallOptions<unknown> | undefined): Promise<unknown> {
    const call = new PendingCall(member, options)
    if (member.item !== undefined) call.stream = new CallStream(this.streams, call, true)
    this.begin(call, params)
    return call.promise
  }

  stream(name: string, params: unknown, options: CallOptions<unknown> | undefined): CallStream {
    const member = this.options.methods.get(name)
    if (member?.item === undefined) throw this.unknown(name, 'streaming method')
    const call = new PendingCall(member, options)
    const stream = new CallStream(this.streams, call, false)
    call.stream = stream
    this.begin(call, params)
    return stream
  }

  /** Does nothing if there is no other side. */
  notify(name: string, params: unknown, served?: Served): void {
    const member = this.options.methods.get(name)
    if (member?.kind !== 'notification') throw this.unknown(name, 'notification')
    if (!this.outgoing.isOpen && this.whyClosed !== undefined) return
    try {
      this.outgoing.notify(member, params, this.meta.textFor(member, undefined, served))
    } catch (error) {
      if (error instanceof RpcError) addFrames(error)
      throw error
    }
  }

  /** The params of requests of the protocol's own. */
  get ownParams(): { mark: string } {
    return { mark: this.echoes.mark }
  }

  /** A request of the protocol's own, sent past what is held. */
  ask(member: Member): Promise<unknown> {
    const call = new PendingCall(member, undefined)
    this.outbox.send(requestText(this.pending.add(call), toJson(member.name), toJson(this.ownParams)))
    return call.promise
  }

  response(message: WireMessage): void {
    const { id } = message
    const call = this.pending.get(id)
    if (call === undefined) {
      if (!this.pending.wasUsed(id)) this.events.protocolError(neverAsked(toJson(id)))
      return
    }
    if (message.error !== undefined && this.echoes.isOwnRefusal(call, message.error)) {
      this.cancel(call, errors.cameBack(call.member.name))
      return
    }
    this.pending.remove(call.id)
    settle(call, message, this.options.validate)
    this.recount()
  }

  /** A request that the contract does not declare: is it one of our own, echoed? Then no answer will come. */
  cameBack(id: unknown, method: string, params: unknown, by: AnsweredBy): boolean {
    const call = this.pending.get(id)
    if (call?.member.name !== method || !this.echoes.isEcho(call, params, by)) return false
    if (by === 'protocol') this.hasEcho = true
    this.cancel(call, errors.cameBack(method))
    return true
  }

  items(id: unknown, values: unknown, bytes: number): void {
    const call = this.pending.get(id)
    const stream = call?.stream
    const codec = call?.member.item
    if (call === undefined || stream === undefined || codec === undefined) return
    if (!Array.isArray(values) || values.length === 0) return
    call.touch()
    const read = readItems(codec, values, this.options.validate)
    stream.push(read.values, bytes / values.length)
    if (read.misfit === undefined) return
    const { issue, value } = read.misfit
    this.cancel(call, errors.invalidItem(call.member.name, issue, value))
  }

  /** A report for one of our calls; false if it is for none. */
  progress({ token, value }: { token?: unknown; value?: unknown }): boolean {
    const call = this.tokens === undefined ? this.pending.get(token) : this.tokens.get(token)
    if (call === undefined) return false
    call.touch()
    report(call, value, this.options.validate, this.events)
    return true
  }

  /** A response or an item that cannot be read. */
  unreadable(id: unknown, fault: UnreadableMessage): void {
    const call = this.pending.get(id)
    if (call === undefined) return
    const { name } = call.member
    const { maxMessageBytes } = this.options
    this.cancel(
      call,
      fault.reason === 'MESSAGE_TOO_LARGE'
        ? errors.answerTooLarge(name, fault.bytes, maxMessageBytes)
        : errors.unreadable(name, fault.why),
    )
  }

  /** Settles a call here and cancels it on the other side. */
  cancel(call: PendingCall, error: RpcError): void {
    if (call.settled) return
    if (call.id === 0) this.outgoing.forget(call)
    else {
      this.pending.remove(call.id)
      this.outgoing.cancel(call)
    }
    call.fail(error)
    this.recount()
  }

  /** The last words of this side: what was held and is nobody's call is sent, and every call in flight is cancelled. */
  sendLast(): void {
    this.outgoing.sendNotifications()
    for (const call of this.pending.all()) this.outgoing.cancel(call)
  }

  private begin(call: PendingCall, params: unknown): void {
    const { member, options } = call
    if (options !== undefined && !this.limit(call, options)) return
    if (this.whyClosed === undefined) this.send(call, params)
    else call.refuse(this.whyClosed(member.name))
    if (!call.settled) this.recount()
  }

  private send(call: PendingCall, params: unknown): void {
    const options: TimedOptions | undefined = call.options
    try {
      call.carried = this.meta.textFor(call.member, options?.meta, options?.[serving])
    } catch (error) {
      call.refuse(error as RpcError)
      return
    }
    this.outgoing.request(call, this.tokens === undefined ? params : this.tokens.give(call, params))
  }

  private limit(call: PendingCall, options: CallOptions<unknown>): boolean {
    return limitCall(call, options, this.options.timeouts, this.arrivals, this.cancelled, this.late)
  }

  private readonly late = (call: PendingCall, kind: 'timeout' | 'idleTimeout', ms: number): void => {
    if (call.settled) return
    const { events, outgoing, arrivals } = this
    const context: TimeoutContext = {
      arrivals,
      report: () => events.report(),
      lastError: () => events.lastError(),
      cancels: one => outgoing.cancelText(one) !== undefined,
    }
    this.cancel(call, timeoutError(call, kind, ms, context))
  }

  private readonly cancelled = (call: PendingCall, error: RpcError): void => this.cancel(call, error)

  private unknown(name: string, kind: MemberKind): RpcError {
    return unknownMember(name, kind, namesOf(this.options.methods, kind))
  }

  private recount(): void {
    const before = this.open
    this.open = this.pending.size + this.outgoing.waiting
    if ((before === 0) !== (this.open === 0)) this.events.busy(this.open > 0)
  }
}
