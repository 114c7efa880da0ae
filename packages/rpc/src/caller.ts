import { CallStream, type StreamOwner } from './call-stream.js'
import type { CallOptions } from './contract-types.js'
import { ErrorCode } from './error-code.js'
import type { Loss } from './incoming.js'
import type { Link } from './link.js'
import type { Member } from './members.js'
import {
  cancelText,
  creditText,
  mcpCancelText,
  notificationText,
  requestText,
  toJson,
  type WireMessage,
} from './message.js'
import { PendingCall, PendingCalls, type CallLimits } from './pending-calls.js'
import * as errors from './rpc-error.js'
import type { RpcError } from './rpc-error.js'
import { onAbort } from './abort-listeners.js'
import { startTimer, wrongTime } from './call-options.js'

export interface CallerOptions {
  /** What the other side has. */
  methods: ReadonlyMap<string, Member>
  validate: boolean
  /** How a call is cancelled on the other side. */
  cancel: 'lsp' | 'mcp' | 'none'
  /** False: no deadline ever runs out. */
  timeouts: boolean
  maxMessageBytes: number
  maxQueuedBytes: number
}

export interface CallerEvents {
  /** There are calls open now, or there are none any more. */
  busy(busy: boolean): void
  protocolError(message: string): void
  /** Code of the user threw. */
  threw(error: unknown): void
}

/** What was asked for before the connection was open: sent in its order when it is. */
type Held = { member: Member; call: PendingCall | undefined; params: unknown; text: string | undefined }

/** Calls out, answers in: this peer as the one who asks. */
export class Caller implements StreamOwner {
  readonly maxQueuedBytes: number
  readonly pending = new PendingCalls()
  private readonly options: CallerOptions
  private readonly events: CallerEvents
  private link: Link | undefined = undefined
  private held: Held[] = []
  /** Why nothing can be sent; undefined while it can be, or will be soon. */
  private whyClosed: ((method: string) => RpcError) | undefined
  private open = 0
  private ending: Set<CallStream> | undefined = undefined

  constructor(options: CallerOptions, events: CallerEvents, whyClosed: (method: string) => RpcError) {
    this.options = options
    this.events = events
    this.maxQueuedBytes = options.maxQueuedBytes
    this.whyClosed = whyClosed
  }

  /** From now on calls wait for the connection instead of failing. */
  expect(): void {
    this.whyClosed = undefined
  }

  /** The connection is open: what was held is sent. */
  connect(link: Link): void {
    this.link = link
    this.whyClosed = undefined
    const held = this.held
    this.held = []
    for (const { member, call, params, text } of held) {
      if (call === undefined) this.sendHeldNotification(member, params, text)
      else if (!call.settled) this.transmit(call, params, text)
    }
    this.recount()
  }

  /** Settles every call with an error of its own. Later ones fail too, or wait if another connection is expected. */
  disconnect(errorFor: (method: string) => RpcError, expectAnother = false): void {
    this.link = undefined
    if (!expectAnother) this.whyClosed = errorFor
    const held = expectAnother ? [] : this.held.splice(0)
    this.pending.failAll(errorFor)
    for (const { call, member } of held) call?.fail(errorFor(member.name))
    this.recount()
  }

  /** Nobody will answer any more, but somebody may still read: every call fails, notifications are sent. */
  answersEnded(errorFor: (method: string) => RpcError): void {
    this.whyClosed = errorFor
    const held = this.held
    this.held = held.filter(({ call }) => call === undefined)
    this.pending.failAll(errorFor)
    for (const { call, member } of held) call?.fail(errorFor(member.name))
    this.recount()
  }

  /** Later calls fail; those in flight go on. */
  refuseNew(errorFor: (method: string) => RpcError): void {
    this.whyClosed = errorFor
  }

  get size(): number {
    return this.open
  }

  /** What the other side is said to have under this name. */
  member(name: string): Member | undefined {
    return this.options.methods.get(name)
  }

  names(kind: 'method' | 'streaming method' | 'notification'): string[] {
    const wanted = (member: Member): boolean =>
      kind === 'streaming method' ? member.item !== undefined : member.kind === kind
    return [...this.options.methods.values()].filter(wanted).map(({ name }) => name)
  }

  call(name: string, params: unknown, options: CallOptions<unknown> | undefined): Promise<unknown> {
    const member = this.options.methods.get(name)
    if (member?.kind !== 'method') return Promise.reject(this.unknown(name, 'method'))
    return this.request(member, params, options)
  }

  /** A call of a member that need not be in the contract. */
  request(member: Member, params: unknown, options: CallOptions<unknown> | undefined): Promise<unknown> {
    const call = new PendingCall(member, options)
    if (member.item !== undefined) call.stream = new CallStream(this, call.promise, true)
    this.begin(call, params)
    return call.promise
  }

  stream(name: string, params: unknown, options: CallOptions<unknown> | undefined): CallStream {
    const member = this.options.methods.get(name)
    if (member?.item === undefined) throw this.unknown(name, 'streaming method')
    const call = new PendingCall(member, options)
    call.stream = new CallStream(this, call.promise, false)
    this.begin(call, params)
    return call.stream
  }

  /** A request of the protocol's own, sent past what is held. */
  ask(link: Link, member: Member): Promise<unknown> {
    const call = new PendingCall(member, undefined)
    link.send(requestText(this.pending.add(call), toJson(member.name), undefined))
    return call.promise
  }

  /** Does nothing when nobody is there to be told. */
  notify(member: Member, params: unknown): void {
    if (this.link !== undefined) this.sendNotification(this.link, member, params, undefined)
    else if (this.whyClosed === undefined)
      this.held.push({ member, call: undefined, params, text: this.snapshot(member, params) })
  }

  response(message: WireMessage): void {
    const { id } = message
    const call = this.pending.get(id)
    if (call === undefined) {
      if (!this.pending.wasUsed(id))
        this.events.protocolError(`A response came to ${toJson(id)}, which was never asked`)
      return
    }
    this.pending.remove(call.id)
    if (message.error !== undefined && message.error !== null) call.fail(this.errorOf(call, message.error))
    else this.succeed(call, message.result ?? null)
    this.recount()
  }

  item(params: { id?: unknown; value?: unknown }, bytes: number): void {
    const call = this.pending.get(params.id)
    const stream = call?.stream
    if (call === undefined || stream === undefined || call.member.item === undefined) return
    call.touch()
    const gate = call.member.item
    const issue = this.options.validate ? gate.check(params.value) : undefined
    if (issue !== undefined) this.cancel(call, errors.invalidItem(call.member.name, issue))
    else stream.push(this.decode(gate, params.value), bytes || toJson(params).length)
  }

  progress(params: { token?: unknown; value?: unknown }): void {
    const call = this.pending.get(params.token)
    if (call === undefined) return
    call.touch()
    const { progress: gate, name } = call.member
    const report = call.options?.onProgress
    if (gate === undefined || report === undefined) return
    const issue = this.options.validate ? gate.check(params.value) : undefined
    if (issue !== undefined) {
      this.events.protocolError(
        `The progress of ${name} does not fit the contract: progress${issue.path} ${issue.message}`,
      )
      return
    }
    try {
      report(this.decode(gate, params.value))
    } catch (error) {
      this.events.threw(error)
    }
  }

  /** A response or an item that cannot be read. */
  lost(id: unknown, loss: Loss): void {
    const call = this.pending.get(id)
    if (call === undefined) return
    const { name } = call.member
    const { maxMessageBytes } = this.options
    this.cancel(
      call,
      loss.reason === 'MESSAGE_TOO_LARGE'
        ? errors.answerTooLarge(name, loss.bytes, maxMessageBytes)
        : errors.unreadable(name, loss.why),
    )
  }

  /** Settles a call here and tells the other side. */
  cancel(call: PendingCall, error: RpcError): void {
    if (call.settled) return
    if (call.id === 0) this.held = this.held.filter(held => held.call !== call)
    else {
      this.pending.remove(call.id)
      this.sendCancel(call.id)
    }
    call.fail(error)
    this.recount()
  }

  /** Tells the other side that every call in flight is not wanted any more. */
  sendCancels(): void {
    for (const id of this.pending.ids()) this.sendCancel(id)
  }

  sendCredit(id: number, items: number): void {
    this.link?.send(creditText(id, items))
  }

  atEndOfTurn(stream: CallStream): void {
    if (this.ending === undefined) {
      this.ending = new Set()
      setImmediate(endTurn, this)
    }
    this.ending.add(stream)
  }

  endTurn(): void {
    const streams = this.ending
    this.ending = undefined
    if (streams !== undefined) for (const stream of streams) stream.endOfTurn()
  }

  cancelStream(stream: CallStream, reason: unknown): void {
    const { call } = stream
    if (call !== undefined) this.cancel(call, errors.cancelled(call.member.name, reason))
  }

  overflowed(stream: CallStream): void {
    const { call } = stream
    if (call !== undefined) this.cancel(call, errors.streamOverflow(call.member.name, this.maxQueuedBytes))
  }

  private begin(call: PendingCall, params: unknown): void {
    const { member, options, stream } = call
    if (stream !== undefined) stream.call = call
    if (options !== undefined && !this.watch(call, options)) return
    if (this.whyClosed !== undefined) call.fail(this.whyClosed(member.name))
    else if (this.link !== undefined) this.transmit(call, params, undefined)
    else this.hold(call, params)
    if (!call.settled) this.recount()
  }

  /** Starts what may end the call from outside. False if it ended at once. */
  private watch(call: PendingCall, options: CallOptions<unknown>): boolean {
    const { name } = call.member
    const { signal, timeout, idleTimeout } = options
    const wrong = wrongTime('timeout', timeout) ?? wrongTime('idleTimeout', idleTimeout)
    if (wrong !== undefined) {
      call.fail(wrong)
      return false
    }
    if (signal?.aborted === true) {
      call.fail(errors.cancelled(name, signal.reason))
      return false
    }
    const limits: CallLimits = { deadline: undefined, idle: undefined, onAbort: undefined }
    call.limits = limits
    if (signal !== undefined) {
      limits.onAbort = () => this.cancel(call, errors.cancelled(name, signal.reason))
      onAbort(signal, limits.onAbort)
    }
    if (!this.options.timeouts) return true
    limits.deadline = startTimer(timeout, ms => this.cancel(call, errors.timedOut(name, ms)))
    limits.idle = startTimer(idleTimeout, ms => this.cancel(call, errors.idleTooLong(name, ms)))
    return true
  }

  private hold(call: PendingCall, params: unknown): void {
    const { member } = call
    try {
      this.held.push({ member, call, params, text: this.snapshot(member, params) })
    } catch (error) {
      call.fail(error as RpcError)
    }
  }

  /** Params as they are now, for the user may change the object before it is sent. */
  private snapshot(member: Member, params: unknown): string | undefined {
    try {
      return params === undefined ? undefined : toJson(member.params.encode(params))
    } catch (error) {
      throw errors.unsendableParams(member.name, error)
    }
  }

  private sendNotification(link: Link, member: Member, params: unknown, held: string | undefined): void {
    const json = this.encode(member, params)
    const text = notificationText(quoted(member.name), held ?? json)
    const bytes = this.tooLarge(text)
    if (bytes > 0) throw errors.requestTooLarge(member.name, bytes, this.options.maxMessageBytes)
    link.send(text)
  }

  private sendHeldNotification(member: Member, params: unknown, text: string | undefined): void {
    try {
      if (this.link !== undefined) this.sendNotification(this.link, member, params, text)
    } catch (error) {
      this.events.threw(error)
    }
  }

  private transmit(call: PendingCall, params: unknown, held: string | undefined): void {
    const { name } = call.member
    let json: string | undefined
    try {
      json = this.encode(call.member, params)
    } catch (error) {
      call.fail(error as RpcError)
      return
    }
    const text = requestText(this.pending.add(call), quoted(name), held ?? json)
    if (call.stream !== undefined) call.stream.id = call.id
    const bytes = this.tooLarge(text)
    if (bytes === 0) this.link?.send(text)
    else {
      this.pending.remove(call.id)
      call.fail(errors.requestTooLarge(name, bytes, this.options.maxMessageBytes))
    }
  }

  /** Params as JSON, or undefined when there are none. Throws an RpcError if they do not fit. */
  private encode(member: Member, params: unknown): string | undefined {
    let wire: unknown
    let json: string | undefined
    try {
      wire = params === undefined ? undefined : member.params.encode(params)
    } catch (error) {
      throw errors.unsendableParams(member.name, error)
    }
    if (this.options.validate) {
      const issue = member.params.check(wire ?? (member.positional ? [] : {}))
      if (issue !== undefined) throw errors.invalidParams(member.name, issue)
    }
    try {
      json = wire === undefined ? undefined : toJson(wire)
    } catch (error) {
      throw errors.unsendableParams(member.name, error)
    }
    return json
  }

  private tooLarge(text: string): number {
    const limit = this.options.maxMessageBytes
    if (text.length * 3 <= limit) return 0
    const bytes = Buffer.byteLength(text)
    return bytes > limit ? bytes : 0
  }

  private succeed(call: PendingCall, result: unknown): void {
    const { result: gate, name } = call.member
    const issue = this.options.validate ? gate.check(result) : undefined
    if (issue !== undefined) call.fail(errors.invalidResult(name, issue))
    else call.succeed(this.decode(gate, result))
  }

  /** Only without validation can a value be here that cannot be decoded: it is handed on as it came. */
  private decode(gate: Member['result'], value: unknown): unknown {
    try {
      return gate.decode(value)
    } catch {
      return value
    }
  }

  private errorOf(call: PendingCall, error: unknown): RpcError {
    const { name: method, errors: declared } = call.member
    const { code, message, data } = (typeof error === 'object' ? error : {}) as Record<string, unknown>
    const number = Number.isSafeInteger(code) ? (code as number) : ErrorCode.InternalError
    const text = typeof message === 'string' ? message : `${method} failed with ${toJson(error)}`
    for (const [errorName, { code: own, data: gate }] of declared) {
      if (own !== number || (this.options.validate && gate?.check(data) !== undefined)) continue
      return errors.remoteError(number, text, gate === undefined ? data : this.decode(gate, data), {
        method,
        errorName,
      })
    }
    return errors.remoteError(number, text, data, { method })
  }

  private sendCancel(id: number): void {
    const { cancel } = this.options
    if (cancel !== 'none') this.link?.send(cancel === 'lsp' ? cancelText(id) : mcpCancelText(id))
  }

  private unknown(name: string, kind: 'method' | 'streaming method'): RpcError {
    return errors.unknownMember(name, kind, this.names(kind))
  }

  private recount(): void {
    const before = this.open
    this.open = this.pending.size + this.held.length
    if ((before === 0) !== (this.open === 0)) this.events.busy(this.open > 0)
  }
}

const endTurn = (caller: Caller): void => caller.endTurn()

const texts = new Map<string, string>()

/** A method's name as JSON: there are few, and each is written often. */
function quoted(name: string): string {
  let text = texts.get(name)
  if (text === undefined) texts.set(name, (text = toJson(name)))
  return text
}
