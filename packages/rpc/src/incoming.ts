import { ErrorCode } from './error-code.js'
import { kindOf, type Id, type WireMessage } from './message.js'
import { peekBytes, peekId } from './peek-id.js'
import { readJson, ReadFault } from './read-json.js'
import type { Receiver } from './transport/transport.js'

/** What a message too many or unreadable was, for the one call that it fails. */
export interface Loss {
  reason: 'MESSAGE_TOO_LARGE' | ReadFault['reason']
  why: string
  bytes: number
}

/** Takes what was sorted. */
export interface MessageSink {
  /** A message, valid in its outer shape. `bytes` is the length of its text, or undefined if there was none. */
  message(
    message: WireMessage,
    kind: 'request' | 'notification' | 'response',
    bytes: number,
    batch?: Batch,
  ): void
  /** To be answered with an error; `batch` gathers the answers of a batch. */
  refuse(id: Id | null, code: number, message: string, data?: unknown, batch?: Batch): void
  /** A response or item that cannot be read: the call it belongs to fails. */
  lost(id: Id, loss: Loss): void
  plain(line: string): void
  skipped(head: Buffer, bytes: number): void
  /** Bears witness to something that should not have been sent. */
  protocolError(message: string): void
  isRunning(id: Id): boolean
  isOpenCall(id: unknown): boolean
  /** May the other side send this method or notification? */
  mayReceive(method: string): boolean
  sendBatch(parts: string[]): void
}

export interface IncomingOptions {
  side: 'host' | 'child'
  /** Bears messages without `"jsonrpc"`. */
  lenient: boolean
  /** A child in which somebody takes plain lines. */
  takesPlain: boolean
}

/** The answers of one batch: written as one array when all are there. */
export class Batch {
  private readonly sink: MessageSink
  private readonly parts: string[] = []
  private missing = 1

  constructor(sink: MessageSink) {
    this.sink = sink
  }

  /** One more answer will come. */
  expect(): void {
    this.missing++
  }

  add(text: string): void {
    this.parts.push(text)
    this.done()
  }

  done(): void {
    if (--this.missing === 0 && this.parts.length > 0) this.sink.sendBatch(this.parts)
  }
}

const start = '{"jsonrpc":"2.0"'
const OPEN_BRACE = 123

/** Sorts what a reader hands over into messages, faults and plain lines: sections 2 and 3 of the protocol. */
export class Incoming implements Receiver {
  private readonly sink: MessageSink
  private readonly host: boolean
  private readonly lenient: boolean
  /** Whether text that is no message is handed out as a plain line. */
  private readonly takesPlain: boolean
  private atStart = true
  private ready = true
  /** What arrived since the first message that nobody can judge yet. */
  private held: (() => void)[] | undefined = undefined

  constructor(sink: MessageSink, options: IncomingOptions) {
    this.sink = sink
    this.host = options.side === 'host'
    this.lenient = options.lenient
    this.takesPlain = this.host || options.takesPlain
  }

  /** Messages wait until the compiler is loaded, and with them everything behind them. */
  awaitCompiler(loaded: Promise<void>): void {
    this.ready = false
    void loaded.then(() => {
      this.ready = true
      const held = this.held
      this.held = undefined
      if (held !== undefined) for (const go of held) go()
    })
  }

  /** Does something when everything that has arrived was handed over. */
  after(go: () => void): void {
    if (this.held === undefined) go()
    else this.held.push(go)
  }

  line(line: string): void {
    if (this.held !== undefined) {
      this.held.push(() => this.line(line))
      return
    }
    if (line.charCodeAt(0) === OPEN_BRACE) {
      this.atStart = false
      this.text(line, line)
      return
    }
    const text = (this.atStart && line.startsWith('\ufeff') ? line.slice(1) : line).trim()
    this.atStart = false
    if (text.startsWith('{') || text.startsWith('[')) this.text(text, line)
    else if (!this.host || !this.glued(line)) this.sink.plain(line)
  }

  body(text: string): void {
    if (this.held !== undefined) {
      this.held.push(() => this.body(text))
      return
    }
    this.atStart = false
    const trimmed = text.trim()
    if (trimmed.startsWith('{') || trimmed.startsWith('[')) this.text(trimmed, text)
    else if (this.host) this.sink.plain(text)
    else this.refuseText(trimmed)
  }

  plain(text: string): void {
    if (this.held !== undefined) {
      this.held.push(() => this.plain(text))
      return
    }
    this.atStart = false
    this.sink.plain(text)
  }

  skipped(head: Buffer, bytes: number): void {
    if (this.held !== undefined) {
      this.held.push(() => this.skipped(head, bytes))
      return
    }
    this.atStart = false
    const loss: Loss = { reason: 'MESSAGE_TOO_LARGE', why: `it has ${bytes} bytes`, bytes }
    if (this.fail(head.toString(), loss)) return
    if (this.host || !/^\s*[[{]/.test(head.toString('latin1'))) this.sink.skipped(head, bytes)
    else this.sink.refuse(null, ErrorCode.InvalidRequest, `The message is too large: ${loss.why}`, tooLarge)
  }

  /** A message that was parsed elsewhere. */
  value(value: unknown): void {
    if (this.held !== undefined) {
      this.held.push(() => this.value(value))
      return
    }
    if (!this.ready && this.needsJudging(value)) this.held = [() => this.value(value)]
    else if (!this.accept(value, 0)) this.sink.protocolError('A value that is no message arrived')
  }

  /** `text` begins with a brace or bracket; `line` is the whole line it stands in. */
  private text(text: string, line: string): void {
    const read = readJson(text)
    if (!this.ready && this.needsJudging(read)) this.held = [() => this.text(text, line)]
    else if (!(read instanceof ReadFault)) {
      if (!this.accept(read, text.length, text)) this.noMessage(line)
    } else if (text.startsWith(start)) this.unreadable(text, line, read)
    else if (read.reason !== 'not-json') this.noMessage(line)
    else if (!this.host || !this.glued(line)) {
      if (this.takesPlain) this.sink.plain(line)
      else this.sink.refuse(null, ErrorCode.ParseError, `The text is not JSON: ${read.why}`)
    }
  }

  private needsJudging(value: unknown): boolean {
    return Array.isArray(value) || kindOf(value, this.lenient) !== 'none'
  }

  /** Is it a message, or a batch of them? */
  private accept(value: unknown, length: number, text?: string): boolean {
    const kind = kindOf(value, this.lenient)
    if (kind === 'none') return Array.isArray(value) && this.batch(value)
    if (kind === 'invalid') this.invalid(value as WireMessage)
    else
      this.sink.message(
        value as WireMessage,
        kind,
        kind === 'notification' && text !== undefined ? Buffer.byteLength(text) : length,
      )
    return true
  }

  private invalid(message: WireMessage, batch?: Batch): void {
    const { id } = message
    const usable = (typeof id === 'string' || Number.isSafeInteger(id)) && !this.sink.isRunning(id as Id)
    batch?.expect()
    this.sink.refuse(
      usable ? (id as Id) : null,
      ErrorCode.InvalidRequest,
      whyInvalid(message),
      undefined,
      batch,
    )
  }

  private batch(values: unknown[]): boolean {
    const kinds = values.map(value => kindOf(value, this.lenient))
    if (values.length === 0 || (this.takesPlain && kinds.every(kind => kind === 'none'))) return false
    const batch = new Batch(this.sink)
    for (const [index, kind] of kinds.entries()) {
      const message = values[index] as WireMessage
      if (kind === 'none') {
        batch.expect()
        this.sink.refuse(null, ErrorCode.InvalidRequest, 'This is no message', undefined, batch)
      } else if (kind === 'invalid') this.invalid(message, batch)
      else {
        if (kind === 'request') batch.expect()
        this.sink.message(message, kind, 0, batch)
      }
    }
    batch.done()
    return true
  }

  /** JSON that is no message. */
  private noMessage(line: string): void {
    if (this.takesPlain) this.sink.plain(line)
    else this.sink.refuse(null, ErrorCode.InvalidRequest, 'This is no message')
  }

  private refuseText(text: string): void {
    try {
      JSON.parse(text)
    } catch (error) {
      this.sink.refuse(null, ErrorCode.ParseError, `The text is not JSON: ${(error as Error).message}`)
      return
    }
    this.sink.refuse(null, ErrorCode.InvalidRequest, 'This is no message')
  }

  private unreadable(text: string, line: string, { reason, why }: ReadFault): void {
    const head = Buffer.from(text.slice(0, peekBytes)).toString('utf8', 0, peekBytes)
    if (this.fail(head, { reason, why, bytes: text.length })) return
    if (this.host) this.sink.plain(line)
    else this.sink.refuse(null, codeFor(reason), `The message cannot be read: ${why}`)
  }

  /** Fails the one call that an unreadable message belongs to, if its head tells. */
  private fail(head: string, loss: Loss): boolean {
    const peek = peekId(head)
    if (peek.kind === 'none') return false
    if (peek.kind === 'request') {
      const id = this.sink.isRunning(peek.id) ? null : peek.id
      const data = loss.reason === 'MESSAGE_TOO_LARGE' ? tooLarge : undefined
      this.sink.refuse(id, codeFor(loss.reason), `The message cannot be read: ${loss.why}`, data)
    } else this.sink.lost(peek.id, loss)
    return true
  }

  /** A message behind other text on one line: taken only if it is surely meant for us. */
  private glued(line: string): boolean {
    const at = line.indexOf(start)
    if (at <= 0) return false
    const read = readJson(line.slice(at))
    if (read instanceof ReadFault || !this.isMeant(read as WireMessage)) return false
    this.sink.plain(line.slice(0, at))
    this.text(line.slice(at), line)
    return true
  }

  private isMeant(message: WireMessage): boolean {
    const kind = kindOf(message, false)
    if (kind === 'response') return this.sink.isOpenCall(message.id)
    if (kind !== 'request' && kind !== 'notification') return false
    const method = message.method as string
    if (this.sink.mayReceive(method)) return true
    if (kind === 'request') return method.startsWith('rpc.')
    const params = message.params as { id?: unknown; token?: unknown } | null | undefined
    if (method === '$/item') return this.sink.isOpenCall(params?.id)
    return method === '$/progress' && this.sink.isOpenCall(params?.token)
  }
}

const tooLarge = { reason: 'MESSAGE_TOO_LARGE' }

const codeFor = (reason: Loss['reason']): number =>
  reason === 'not-json' || reason === 'overflow' ? ErrorCode.ParseError : ErrorCode.InvalidRequest

function whyInvalid({ method, params, id }: WireMessage): string {
  if (typeof method !== 'string') return 'The method of a request must be a string'
  if (params !== undefined && typeof params !== 'object')
    return 'The params of a request must be an object or an array'
  return `The id of a request must be a string or an integer${id === null ? ', and null is neither' : ''}`
}
