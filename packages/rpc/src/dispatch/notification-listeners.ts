import { namesOf, type Member } from '../contract/members.js'
import { unfitNotification, type ViolationDetails } from '../errors/protocol-errors.js'
import { callUser, type ErrorOrigin } from '../errors/report-thrown.js'
import { unknownMember } from '../errors/unknown-member.js'

export type Listener = (params: unknown) => unknown

export interface ListenerEvents {
  protocolError(message: string, details?: ViolationDetails): void
  /** A handler or listener threw, or the promise it returned was rejected. */
  threw(error: unknown, origin?: ErrorOrigin): void
  /** The first listener came, or the last one left. */
  listening(any: boolean): void
}

/** The notifications that the other side may send, and who receives them: the handler, then listeners in their order. */
export class Listeners {
  private readonly members: ReadonlyMap<string, Member>
  private readonly handlers: ReadonlyMap<string, Listener>
  private readonly validate: boolean
  private readonly events: ListenerEvents
  private readonly added = new Map<string, Set<Listener>>()
  private count = 0

  constructor(
    members: ReadonlyMap<string, Member>,
    handlers: ReadonlyMap<string, Listener>,
    validate: boolean,
    events: ListenerEvents,
  ) {
    this.members = members
    this.handlers = handlers
    this.validate = validate
    this.events = events
  }

  /** The returned function ends it; calling it twice has no further effect. */
  add(name: string, listener: Listener): () => void {
    if (this.members.get(name)?.kind !== 'notification')
      throw unknownMember(name, 'notification', namesOf(this.members, 'notification'))
    // A separate wrapper, so that the same function may listen twice.
    const entry: Listener = params => listener(params)
    const set = this.added.get(name) ?? new Set()
    this.added.set(name, set.add(entry))
    if (++this.count === 1) this.events.listening(true)
    return () => {
      if (set.delete(entry) && --this.count === 0) this.events.listening(false)
    }
  }

  /** False if the contract does not declare it. */
  receive(name: string, params: unknown): boolean {
    const member = this.members.get(name)
    if (member?.kind !== 'notification') return false
    const handler = this.handlers.get(name)
    const listeners = this.added.get(name)
    if (handler === undefined && listeners === undefined) return true
    const wire = params ?? (member.positional ? [] : {})
    const issue = this.validate ? member.params.check(wire) : undefined
    if (issue !== undefined) {
      this.events.protocolError(unfitNotification(name, issue), { method: name, value: wire })
      return true
    }
    const decoded = member.params.decode(wire)
    if (handler !== undefined) this.tell(handler, decoded, { kind: 'handler', name })
    if (listeners !== undefined)
      for (const listener of [...listeners]) this.tell(listener, decoded, { kind: 'listener', name })
    return true
  }

  private tell(listener: Listener, params: unknown, origin: ErrorOrigin): void {
    callUser(
      () => listener(params),
      error => this.events.threw(error, origin),
    )
  }
}
