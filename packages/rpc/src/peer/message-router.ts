import type { Caller } from '../caller/caller.js'
import type { Member } from '../contract/members.js'
import type { Dispatcher } from '../dispatch/dispatcher.js'
import type { Listeners } from '../dispatch/notification-listeners.js'
import { noSuchNotification, wrongMeta, type ProtocolError } from '../errors/protocol-errors.js'
import type { Arrivals } from '../protocol/arrivals.js'
import { lineHint } from '../protocol/line-hint.js'
import { nothingCarried, readCarried, type Carried } from '../protocol/carried.js'
import type { BatchAnswers, MessageSink, UnreadableMessage } from '../protocol/message-sink.js'
import type { Id, WireMessage } from '../protocol/message.js'
import type { Outbox } from '../protocol/outbox.js'
import type { PeerEvents } from './peer-events.js'
import { takeReserved, type Foreign } from './reserved-notifications.js'
import type { Tracer } from './trace.js'
import type { UserCallbacks } from './user-callbacks.js'

/** Where a peer's incoming messages go. */
interface Destinations {
  calls: Caller
  dispatcher: Dispatcher
  listeners: Listeners
  outbox: Outbox
  arrivals: Arrivals
  tracer: Tracer | undefined
  user: UserCallbacks
  events: Pick<PeerEvents, 'plain' | 'skipped'>
  /** The members that this side has. */
  here: ReadonlyMap<string, Member>
  foreign: Foreign
}

/** Takes each incoming message to where it belongs. */
export class MessageRouter implements MessageSink {
  /** The other side has sent a response in this session. */
  answered = false
  private readonly to: Destinations

  constructor(to: Destinations) {
    this.to = to
  }

  message(
    message: WireMessage,
    kind: 'request' | 'notification' | 'response',
    bytes: number,
    batch?: BatchAnswers,
  ): void {
    const { tracer, calls, user, arrivals } = this.to
    arrivals.messages++
    tracer?.in(message, kind)
    try {
      if (kind === 'response') {
        this.answered = true
        calls.response(message)
      } else if (kind === 'request') this.request(message, bytes, batch)
      else if (this.carriedBy(message, bytes) === undefined) this.protocolError(wrongMeta.message)
      else this.notification(message.method as string, message.params, bytes)
    } catch (error) {
      // Whatever one message causes, the next ones are read.
      user.threw(error)
    }
  }

  items(id: number, values: readonly unknown[], bytes: number): void {
    const { tracer, foreign, calls, user } = this.to
    if (tracer !== undefined || foreign !== undefined) {
      this.message({ jsonrpc: '2.0', method: '$/items', params: { id, values } }, 'notification', bytes)
      return
    }
    this.to.arrivals.messages++
    try {
      calls.items(id, values, bytes)
    } catch (error) {
      user.threw(error)
    }
  }

  refuse(id: Id | null, error: ProtocolError, batch?: BatchAnswers): void {
    this.to.dispatcher.requests.refuse(id, error, batch)
    this.protocolError(error.message)
  }

  unreadable(id: Id, fault: UnreadableMessage): void {
    this.to.calls.unreadable(id, fault)
  }

  plain(line: string): void {
    this.note(line)
    this.to.events.plain(line)
    this.to.user.line(line)
  }

  skipped(head: Buffer, bytes: number): void {
    this.to.events.skipped(head, bytes)
  }

  protocolError(message: string): void {
    this.to.user.protocolError(message)
  }

  warn(message: string): void {
    this.to.arrivals.isHinted = true
    this.to.user.warn(message)
  }

  send(text: string): void {
    this.to.outbox.send(text)
  }

  isRunning(id: Id): boolean {
    return this.to.dispatcher.requests.get(id) !== undefined
  }

  isOpenCall(id: unknown): boolean {
    return this.to.calls.isOpen(id)
  }

  mayReceive(method: string): boolean {
    return this.to.here.has(method)
  }

  private request(message: WireMessage, bytes: number, batch: BatchAnswers | undefined): void {
    const id = message.id as Id
    const carried = this.carriedBy(message, bytes)
    if (carried === undefined) this.refuse(this.isRunning(id) ? null : id, wrongMeta, batch)
    else this.to.dispatcher.request(id, message.method as string, message.params, bytes, batch, carried)
  }

  /** Of foreign programs `meta` and `for` are members like any other unknown one. */
  private carriedBy(message: WireMessage, bytes: number): Carried | undefined {
    if (this.to.foreign !== undefined) return nothingCarried
    return readCarried(message, bytes, id => this.isOpenCall(id))
  }

  /** A line that is almost a message is told of, as long as there was none: whoever waits would never learn why. */
  private note(line: string): void {
    const { arrivals } = this.to
    arrivals.lines++
    arrivals.lastLine = line
    if (arrivals.any || arrivals.isHinted) return
    const hint = lineHint(line)
    if (hint === undefined) return
    this.warn(`The other side has sent no message yet: ${hint}`)
  }

  private notification(method: string, params: unknown, bytes: number): void {
    const { calls, dispatcher, listeners, user, foreign } = this.to
    const given = (params ?? {}) as Record<string, unknown>
    if (takeReserved({ calls, dispatcher }, foreign, method, given, bytes)) return
    if (listeners.receive(method, params) || user.unknownNotification(method, params)) return
    if (foreign === undefined) user.protocolError(noSuchNotification(method))
  }
}
