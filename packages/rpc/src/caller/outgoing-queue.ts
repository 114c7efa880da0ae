import type { CancelStyle } from '../contract/contract-spec.js'
import type { Member } from '../contract/members.js'
import * as errors from '../errors/local-errors.js'
import type { RpcError } from '../errors/rpc-error.js'
import { jsonParts, JsonParts } from '../json/json-parts.js'
import { excessBytes } from '../json/text-size.js'
import { toJson } from '../json/to-json.js'
import { creditText, notificationText, requestText } from '../protocol/message.js'
import type { Outbox } from '../protocol/outbox.js'
import type { Issue } from '../validate/check-context.js'
import { insteadOf } from '../validate/describe-misfit.js'
import { cancelMessage } from './cancel-message.js'
import type { EchoDetection } from './echo-detection.js'
import { HeldMessages, type HeldMessage } from './held-messages.js'
import type { PendingCall, PendingCalls } from './pending-calls.js'

export interface OutgoingOptions {
  validate: boolean
  /** How a call is cancelled on the other side. */
  cancel: CancelStyle
  maxMessageBytes: number
}

/** Requests and notifications on their way out: checked, written as JSON, and held until there is a connection. */
export class OutgoingQueue {
  private readonly pending: PendingCalls
  private readonly echoes: EchoDetection
  private readonly options: OutgoingOptions
  private readonly threw: (error: unknown) => void
  private readonly outbox: Outbox
  /** Calls and notifications leave at once. */
  private connected = false
  /** There is another side, though what it is asked for may still be held. */
  private linked = false
  /** What was asked for before that: sent in its order. */
  private readonly held = new HeldMessages()
  private gone = false
  private isPast = false

  /** @param threw called with the reason why a held notification was not sent: its caller has moved on */
  constructor(
    pending: PendingCalls,
    echoes: EchoDetection,
    options: OutgoingOptions,
    outbox: Outbox,
    threw: (error: unknown) => void,
  ) {
    this.pending = pending
    this.echoes = echoes
    this.outbox = outbox
    this.options = options
    this.threw = threw
  }

  /** How many calls and notifications are held. */
  get waiting(): number {
    return this.held.size
  }

  get isOpen(): boolean {
    return this.connected
  }

  /** The connection is open: what was held is sent. */
  open(): void {
    this.connected = this.linked = true
    this.gone = false
    for (const one of this.held.takeAll()) this.release(one)
  }

  /** There is another side, and what is held stays so: only what {@link past} sends goes out. */
  link(): void {
    this.linked = true
    for (const one of this.held.take(({ past }) => past)) this.release(one)
  }

  /** What `go` asks for goes past what is held. */
  past<T>(go: () => T): T {
    const { connected, isPast } = this
    this.connected = this.linked
    this.isPast = true
    try {
      return go()
    } finally {
      this.connected = connected
      this.isPast = isPast
    }
  }

  /** @param gone the other side has exited: what is made from now on is meant for the next one */
  close(gone = false): void {
    this.connected = this.linked = false
    this.gone = gone
  }

  /** Held calls are no longer sent; those named may still be. */
  failHeld(errorFor: (method: string) => RpcError, keep: 'notifications' | 'late' | 'nothing'): void {
    const keeps = (one: HeldMessage): boolean =>
      keep === 'late' ? one.late : keep === 'notifications' && one.call === undefined
    for (const { member, call } of this.held.take(one => !keeps(one))) call?.fail(errorFor(member.name))
  }

  /** Sends what nobody waits for, although the connection is not open yet: it is about to end. */
  sendNotifications(): void {
    for (const one of this.held.take(({ call }) => call === undefined)) this.sendHeld(one)
  }

  /** A held call that is no longer wanted. */
  forget(call: PendingCall): void {
    this.held.forget(call)
  }

  /** Bytes that wait for the other side to read them, or for a connection. */
  get bufferedAmount(): number {
    return this.outbox.bufferedAmount + this.held.bytes
  }

  /** Resolves when the other side's pipe has taken everything, or there is no other side any more. */
  async drained(): Promise<void> {
    while (this.held.size > 0) await this.held.emptied()
    await this.outbox.drained()
  }

  /** Does so much wait that nothing more may be sent? */
  get isFull(): boolean {
    return this.connected ? this.outbox.isFull : this.held.bytes > this.outbox.limit
  }

  /** The call fails if its params do not fit, or too much waits already. */
  request(call: PendingCall, params: unknown): void {
    const { member } = call
    if (this.isFull) {
      call.refuse(this.fullFor(member))
      return
    }
    let json: string | JsonParts | undefined
    try {
      json = this.encode(member, params)
    } catch (error) {
      call.refuse(error as RpcError)
      return
    }
    if (this.connected) this.transmit(call, json)
    else this.hold(member, call, json, '')
  }

  /** Throws an RpcError if the params do not fit, or too much waits already. */
  notify(member: Member, params: unknown, carried: string): void {
    if (this.isFull) throw this.fullFor(member)
    const json = this.encode(member, params)
    if (this.connected) this.sendNotification(member, json, carried)
    else this.hold(member, undefined, json, carried)
  }

  /** Cancels a call on the other side, in the way that it understands. */
  cancel(call: PendingCall): void {
    const text = this.cancelText(call)
    if (text !== undefined) this.outbox.send(text)
  }

  /** What cancels a call on the other side, if that can be told. */
  cancelText({ id, member }: PendingCall): string | undefined {
    return this.linked ? cancelMessage(this.options.cancel, id, member.name) : undefined
  }

  credit(id: number, items: number): void {
    if (this.linked) this.outbox.send(creditText(id, items))
  }

  private fullFor({ name }: Member): RpcError {
    return errors.queueFull(name, this.bufferedAmount, this.outbox.limit)
  }

  private hold(
    member: Member,
    call: PendingCall | undefined,
    json: HeldMessage['json'],
    carried: string,
  ): void {
    this.held.add({ member, call, json, carried, late: this.gone, past: this.isPast })
  }

  private release(one: HeldMessage): void {
    const { call, json } = one
    if (call === undefined) this.sendHeld(one)
    else if (!call.settled) this.transmit(call, json)
  }

  private transmit(call: PendingCall, json: string | JsonParts | undefined): void {
    const { name } = call.member
    const id = this.pending.add(call)
    const text =
      json instanceof JsonParts
        ? json.within(requestText(id, nameJson(name), '', call.carried), 1)
        : requestText(id, nameJson(name), json, call.carried)
    const bytes = excessBytes(this.options.maxMessageBytes, text)
    if (bytes === 0) {
      this.echoes.sent(call, json)
      this.outbox.send(text)
    } else {
      this.pending.remove(call.id)
      call.fail(errors.requestTooLarge(name, bytes, this.options.maxMessageBytes))
    }
  }

  private sendNotification(member: Member, json: HeldMessage['json'], carried: string): void {
    const text =
      json instanceof JsonParts
        ? json.within(notificationText(nameJson(member.name), '', carried), 1)
        : notificationText(nameJson(member.name), json, carried)
    const bytes = excessBytes(this.options.maxMessageBytes, text)
    if (bytes > 0) throw errors.requestTooLarge(member.name, bytes, this.options.maxMessageBytes)
    this.outbox.send(text)
  }

  private sendHeld({ member, json, carried }: HeldMessage): void {
    try {
      this.sendNotification(member, json, carried)
    } catch (error) {
      this.threw(error)
    }
  }

  /** Params as JSON, or undefined when there are none. Throws an RpcError if they do not fit. */
  private encode(member: Member, params: unknown): string | JsonParts | undefined {
    let issue: Issue | undefined
    try {
      const wire = params === undefined ? undefined : member.params.encode(params)
      if (this.options.validate) issue = member.params.check(wire ?? (member.positional ? [] : {}))
      if (issue === undefined) return wire === undefined ? undefined : jsonParts(wire)
    } catch (error) {
      // A getter or a proxy in them may throw whenever it is read.
      throw errors.unsendableParams(member.name, error)
    }
    throw errors.invalidParams(member.name, issue, insteadOf(member.params.shape, issue, params))
  }
}

const texts = new Map<string, string>()

/** A method's name as JSON: there are few, and each is written often. */
function nameJson(name: string): string {
  let text = texts.get(name)
  if (text === undefined) texts.set(name, (text = toJson(name)))
  return text
}
