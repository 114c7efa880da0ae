import { cancelMessage, type CancelStyle } from './foreign-cancel.js'
import { jsonOf, LongJson } from './long-json.js'
import * as errors from './local-errors.js'
import type { Member } from './members.js'
import { creditText, notificationText, requestText, toJson } from './message.js'
import { bytesOver } from './message-size.js'
import type { PendingCall, PendingCalls } from './pending-calls.js'
import type { RpcError } from './rpc-error.js'

export interface OutgoingOptions {
  validate: boolean
  /** How a call is cancelled on the other side. */
  cancel: CancelStyle
  maxMessageBytes: number
}

/** Where messages go. */
export interface Outlet {
  send(text: string | LongJson): void
}

/** What was asked for before the connection was open: sent in its order when it is. */
interface Held {
  member: Member
  /** Undefined for a notification. */
  call: PendingCall | undefined
  params: unknown
  text: string | undefined
}

/** Requests and notifications on their way out: checked, written as JSON, and held until there is a connection. */
export class Outgoing {
  private readonly pending: PendingCalls
  private readonly options: OutgoingOptions
  private readonly threw: (error: unknown) => void
  private link: Outlet | undefined = undefined
  private held: Held[] = []

  /** @param threw hears why a held notification was not sent: nobody waits for it any more */
  constructor(pending: PendingCalls, options: OutgoingOptions, threw: (error: unknown) => void) {
    this.pending = pending
    this.options = options
    this.threw = threw
  }

  /** How much is held. */
  get waiting(): number {
    return this.held.length
  }

  get isOpen(): boolean {
    return this.link !== undefined
  }

  /** The connection is open: what was held is sent. */
  open(link: Outlet): void {
    this.link = link
    const held = this.held
    this.held = []
    for (const { member, call, params, text } of held) {
      if (call === undefined) this.sendHeld(member, params, text)
      else if (!call.settled) this.transmit(call, params, text)
    }
  }

  close(): void {
    this.link = undefined
  }

  /** Held calls are not sent any more; notifications may still be. */
  failHeld(errorFor: (method: string) => RpcError, keep: 'notifications' | 'nothing'): void {
    const held = this.held
    this.held = keep === 'nothing' ? [] : held.filter(({ call }) => call === undefined)
    for (const { call, member } of held) call?.fail(errorFor(member.name))
  }

  /** A held call that is not wanted any more. */
  forget(call: PendingCall): void {
    this.held = this.held.filter(held => held.call !== call)
  }

  /** The call fails if its params do not fit. */
  request(call: PendingCall, params: unknown): void {
    if (this.link !== undefined) {
      this.transmit(call, params, undefined)
      return
    }
    const { member } = call
    try {
      this.held.push({ member, call, params, text: snapshot(member, params) })
    } catch (error) {
      call.fail(error as RpcError)
    }
  }

  /** Throws an RpcError if the params do not fit. */
  notify(member: Member, params: unknown): void {
    if (this.link !== undefined) this.sendNotification(this.link, member, params, undefined)
    else this.held.push({ member, call: undefined, params, text: snapshot(member, params) })
  }

  /** Tells the other side, in its own words, that a call is not wanted any more. */
  cancel({ id, member }: PendingCall): void {
    const text = cancelMessage(this.options.cancel, id, member.name)
    if (text !== undefined) this.link?.send(text)
  }

  credit(id: number, items: number): void {
    this.link?.send(creditText(id, items))
  }

  private transmit(call: PendingCall, params: unknown, held: string | undefined): void {
    const { name } = call.member
    let json: string | LongJson | undefined
    try {
      json = this.encode(call.member, params)
    } catch (error) {
      call.fail(error as RpcError)
      return
    }
    const id = this.pending.add(call)
    const given = held ?? json
    const text =
      given instanceof LongJson
        ? given.within(requestText(id, quoted(name), ''), 1)
        : requestText(id, quoted(name), given)
    if (call.stream !== undefined) call.stream.id = call.id
    const bytes = bytesOver(this.options.maxMessageBytes, text)
    if (bytes === 0) this.link?.send(text)
    else {
      this.pending.remove(call.id)
      call.fail(errors.requestTooLarge(name, bytes, this.options.maxMessageBytes))
    }
  }

  private sendNotification(link: Outlet, member: Member, params: unknown, held: string | undefined): void {
    const json = this.encode(member, params)
    const given = held ?? json
    const text =
      given instanceof LongJson
        ? given.within(notificationText(quoted(member.name), ''), 1)
        : notificationText(quoted(member.name), given)
    const bytes = bytesOver(this.options.maxMessageBytes, text)
    if (bytes > 0) throw errors.requestTooLarge(member.name, bytes, this.options.maxMessageBytes)
    link.send(text)
  }

  private sendHeld(member: Member, params: unknown, text: string | undefined): void {
    try {
      if (this.link !== undefined) this.sendNotification(this.link, member, params, text)
    } catch (error) {
      this.threw(error)
    }
  }

  /** Params as JSON, or undefined when there are none. Throws an RpcError if they do not fit. */
  private encode(member: Member, params: unknown): string | LongJson | undefined {
    let wire: unknown
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
      return wire === undefined ? undefined : jsonOf(wire)
    } catch (error) {
      throw errors.unsendableParams(member.name, error)
    }
  }
}

/** Params as they are now, for the user may change the object before it is sent. */
function snapshot(member: Member, params: unknown): string | undefined {
  try {
    return params === undefined ? undefined : toJson(member.params.encode(params))
  } catch (error) {
    throw errors.unsendableParams(member.name, error)
  }
}

const texts = new Map<string, string>()

/** A method's name as JSON: there are few, and each is written often. */
function quoted(name: string): string {
  let text = texts.get(name)
  if (text === undefined) texts.set(name, (text = toJson(name)))
  return text
}
