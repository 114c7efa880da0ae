import {
  notAMessage,
  notJson,
  tooLargeToRead,
  unreadableMessage,
  valueIsNoMessage,
  withoutVersion,
} from '../errors/protocol-errors.js'
import { readJson, ReadFault } from '../json/parse-json.js'
import { approximateBytes } from '../json/text-size.js'
import { toJson } from '../json/to-json.js'
import { opensObjectOrList, trimJson } from '../json/white-space.js'
import type { Receiver } from '../transport/transport.js'
import { takeBatch } from './batch.js'
import { gluedAt, messageStart } from './embedded-message.js'
import { FastPathReader } from './fast-path.js'
import { refuseInvalid } from './invalid-message.js'
import type { UnreadableMessage, MessageSink } from './message-sink.js'
import { messageKind, type WireMessage } from './message.js'
import { peekBytes, peekId } from './peek-id.js'

export interface ParserOptions {
  side: 'host' | 'child'
  /** Accept messages without `"jsonrpc"`. */
  lenient: boolean
  /** A child whose plain lines are handled. */
  takesPlain: boolean
  maxMessageBytes: number
}

/** Takes messages in every form in which they arrive. */
export interface MessageReceiver extends Receiver {
  wrong(why: string): void
  ending(): void
  /** A message that was parsed elsewhere. */
  value(value: unknown): void
  /** Runs something once everything that has arrived was passed on. */
  after(go: () => void): void
}

const OPEN_BRACE = 123

/** Sorts what a reader hands over into messages, faults and plain lines: sections 2 and 3 of the protocol. */
export class MessageParser implements MessageReceiver {
  private readonly sink: MessageSink
  private readonly host: boolean
  private readonly options: ParserOptions
  /** Is text that is not a message passed on as a plain line? */
  private readonly takesPlain: boolean
  private readonly fastPath = new FastPathReader()
  private atStart = true
  private isEnding = false

  constructor(sink: MessageSink, options: ParserOptions) {
    this.sink = sink
    this.host = options.side === 'host'
    this.options = options
    this.takesPlain = this.host || options.takesPlain
  }

  after(go: () => void): void {
    go()
  }

  line(line: string): void {
    if (line.charCodeAt(0) === OPEN_BRACE) {
      this.atStart = false
      this.text(line, line)
      return
    }
    const text = trimJson(this.atStart && line.startsWith('\ufeff') ? line.slice(1) : line)
    this.atStart = false
    if (text.startsWith('{') || text.startsWith('[')) this.text(text, line)
    else if (!this.host || !this.glued(line)) this.sink.plain(line)
  }

  body(text: string): void {
    this.atStart = false
    const trimmed = trimJson(text)
    if (trimmed.startsWith('{') || trimmed.startsWith('[')) this.text(trimmed, text)
    else if (this.host) this.sink.plain(text)
    else this.refuseText(trimmed)
  }

  plain(text: string): void {
    this.atStart = false
    this.sink.plain(text)
  }

  skipped(head: Buffer, bytes: number): void {
    this.atStart = false
    const fault: UnreadableMessage = { reason: 'MESSAGE_TOO_LARGE', why: `it has ${bytes} bytes`, bytes }
    if (this.fail(head.toString(), fault)) return
    if (this.host || !opensObjectOrList(head.toString('latin1'))) this.sink.skipped(head, bytes)
    else this.sink.refuse(null, tooLargeToRead(fault.why))
  }

  wrong(why: string): void {
    this.sink.protocolError(why)
  }

  ending(): void {
    this.isEnding = true
  }

  value(value: unknown): void {
    if (!this.accept(value, 0)) this.sink.protocolError(valueIsNoMessage)
  }

  /** `text` begins with a brace or bracket; `line` is the whole line it is in. */
  private text(text: string, line: string): void {
    const items = this.fastPath.items(text)
    if (items !== undefined) {
      this.sink.items(this.fastPath.itemsId, items, approximateBytes(text))
      return
    }
    const message = this.fastPath.message(text)
    if (message !== undefined) {
      this.fromFastPath(message, text)
      return
    }
    const read = readJson(text)
    if (!(read instanceof ReadFault)) {
      if (!this.accept(read, text.length, text)) this.noMessage(line)
    } else if (text.startsWith(messageStart)) this.unreadable(text, line, read)
    else if (read.reason !== 'not-json') this.noMessage(line)
    else if (!this.host || !this.glued(line)) {
      if (this.takesPlain) this.sink.plain(line)
      else this.sink.refuse(null, notJson(read.why))
    }
  }

  private fromFastPath(message: WireMessage, text: string): void {
    if (message.method === undefined) this.sink.message(message, 'response', text.length)
    else if (message.id !== undefined) this.sink.message(message, 'request', text.length)
    else this.sink.message(message, 'notification', approximateBytes(text))
  }

  /** Is it a message, or a batch of them? */
  private accept(value: unknown, length: number, text?: string): boolean {
    const kind = messageKind(value, this.options.lenient)
    if (kind === 'none') {
      if (Array.isArray(value)) return this.batch(value)
      this.reportVersion(value)
      return false
    }
    if (kind === 'invalid') refuseInvalid(this.sink, value as WireMessage)
    else
      this.sink.message(
        value as WireMessage,
        kind,
        kind === 'notification' && text !== undefined ? approximateBytes(text) : length,
      )
    return true
  }

  /** A call whose answer says no version would wait for it without end, and without a word. */
  private reportVersion(value: unknown): void {
    if (messageKind(value, true) !== 'response') return
    const { id } = value as WireMessage
    if (this.sink.isOpenCall(id)) this.sink.warn(withoutVersion(toJson(id)))
  }

  /** Where plain lines are handled, an array without any message is one. */
  private batch(values: readonly unknown[]): boolean {
    const { lenient } = this.options
    if (values.length === 0 || (this.takesPlain && values.every(one => messageKind(one, lenient) === 'none')))
      return false
    takeBatch(values, this.sink, this.options)
    return true
  }

  /** JSON that is not a message. */
  private noMessage(line: string): void {
    if (this.takesPlain) this.sink.plain(line)
    else this.sink.refuse(null, notAMessage)
  }

  private refuseText(text: string): void {
    try {
      JSON.parse(text)
    } catch (error) {
      this.sink.refuse(null, notJson((error as Error).message))
      return
    }
    this.sink.refuse(null, notAMessage)
  }

  private unreadable(text: string, line: string, { reason, why }: ReadFault): void {
    const head = Buffer.from(text.slice(0, peekBytes)).toString('utf8', 0, peekBytes)
    // What the end cut off is no answer: the call fails because of the end.
    const isCut = this.host && this.isEnding && reason === 'not-json'
    if (!isCut && this.fail(head, { reason, why, bytes: text.length })) return
    if (this.host) this.sink.plain(line)
    else this.sink.refuse(null, unreadableMessage({ reason, why }))
  }

  /** Fails the one call that an unreadable message belongs to, if its head says which. */
  private fail(head: string, fault: UnreadableMessage): boolean {
    const peek = peekId(head)
    if (peek.kind === 'none') return false
    if (peek.kind === 'request') {
      const id = this.sink.isRunning(peek.id) ? null : peek.id
      this.sink.refuse(id, unreadableMessage(fault))
    } else this.sink.unreadable(peek.id, fault)
    return true
  }

  /** A message after other text on one line. */
  private glued(line: string): boolean {
    const at = gluedAt(line, this.sink)
    if (at === undefined) return false
    this.sink.plain(line.slice(0, at))
    this.text(line.slice(at), line)
    return true
  }
}
