import type { Member } from '../contract/members.js'
import type { JsonParts } from '../json/json-parts.js'
import type { PendingCall } from './pending-calls.js'

/** What was asked for before the connection was open, as it was then. */
export interface HeldMessage {
  readonly member: Member
  /** Undefined for a notification. */
  readonly call: PendingCall | undefined
  readonly json: string | JsonParts | undefined
  /** What a notification carries besides its params, as members of its message. */
  readonly carried: string
  /** Made after the other side had exited: it can only be meant for the next one. */
  readonly late: boolean
  /** Made in `past` of the outgoing queue: it waits for another side only, not until that is prepared. */
  readonly past: boolean
}

/** What a message takes besides its params, in bytes, roughly. */
const envelopeBytes = 64

/** What is held until there is a connection, in the order of sending, and how much that is. */
export class HeldMessages {
  /** By the call, so that one of many is forgotten at once; notifications by themselves. */
  private messages = new Map<object, HeldMessage>()
  private held = 0
  private waiting: (() => void)[] = []

  get size(): number {
    return this.messages.size
  }

  /** Roughly how many bytes their messages have. */
  get bytes(): number {
    return this.held
  }

  add(message: HeldMessage): void {
    this.messages.set(message.call ?? message, message)
    this.held += bytesOf(message)
  }

  /** A call that is no longer wanted. */
  forget(call: PendingCall): void {
    const message = this.messages.get(call)
    if (message !== undefined) this.remove(message)
  }

  /** Takes those of which this is true out of their order. */
  take(isWanted: (message: HeldMessage) => boolean): HeldMessage[] {
    const taken = Array.from(this.messages.values()).filter(isWanted)
    for (const message of taken) this.remove(message)
    return taken
  }

  takeAll(): Iterable<HeldMessage> {
    const all = this.messages
    this.messages = new Map()
    this.held = 0
    this.wake()
    return all.values()
  }

  /** Resolves when nothing is held. */
  emptied(): Promise<void> {
    if (this.size === 0) return Promise.resolve()
    return new Promise(resolve => this.waiting.push(resolve))
  }

  private remove(message: HeldMessage): void {
    this.messages.delete(message.call ?? message)
    this.held -= bytesOf(message)
    if (this.size === 0) this.wake()
  }

  private wake(): void {
    for (const resolve of this.waiting.splice(0)) resolve()
  }
}

const bytesOf = ({ member, json }: HeldMessage): number =>
  envelopeBytes + member.name.length + (json?.length ?? 0)
