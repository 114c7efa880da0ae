import { startTimer } from '../caller/call-options.js'
import { Caller } from '../caller/caller.js'
import { membersOf, type Member } from '../contract/members.js'
import { handlersOf } from '../dispatch/bind-handlers.js'
import { Dispatcher } from '../dispatch/dispatcher.js'
import { Listeners } from '../dispatch/notification-listeners.js'
import { reservedRequests } from '../dispatch/reserved-requests.js'
import { reportThrown } from '../errors/report-thrown.js'
import type { RpcError } from '../errors/rpc-error.js'
import { HoldingReceiver } from '../protocol/holding-receiver.js'
import { MessageParser, type MessageReceiver } from '../protocol/message-parser.js'
import type { BatchAnswers, UnreadableMessage, MessageSink } from '../protocol/message-sink.js'
import type { Id, WireMessage } from '../protocol/message.js'
import type { Link } from '../transport/text-output.js'
import { compilerReady, isCompilerReady } from '../validate/codec.js'
import { Outbox } from './outbox.js'
import type { PeerEvents } from './peer-events.js'
import type { PeerSettings } from './peer-options.js'
import { takeReserved, type ForeignCancel } from './reserved-notifications.js'
import { Tracer } from './trace.js'
import { verifyContract } from './verify-contract.js'

/** One end of a conversation: joins what comes in, what is asked and what is answered. Knows no process and no bytes. */
export class Peer implements MessageSink {
  readonly settings: PeerSettings
  readonly calls: Caller
  readonly dispatcher: Dispatcher
  readonly listeners: Listeners
  private readonly owner: PeerEvents
  private readonly here: ReadonlyMap<string, Member>
  private readonly tracer: Tracer | undefined
  private readonly foreignCancel: ForeignCancel
  private readonly outbox: Outbox
  private session = 0
  /** The other side has answered something in this session: it is up. */
  answered = false
  private startTimer: NodeJS.Timeout | undefined = undefined

  /** @param remote what handlers get as `peer` */
  constructor(
    settings: PeerSettings,
    remote: unknown,
    owner: PeerEvents,
    whyClosed: (method: string) => RpcError,
  ) {
    this.settings = settings
    this.owner = owner
    const { contract, side, handlers, validate, debug, maxMessageBytes, maxQueuedBytes, options } = settings
    const { foreign } = contract.spec
    this.here = membersOf(contract, side)
    this.foreignCancel = foreign === true ? 'none' : foreign?.cancel
    this.tracer = options.trace && new Tracer(options.trace)
    const { methods, notifications } = handlersOf(this.here, handlers)
    const events = {
      busy: (busy: boolean) => owner.busy(busy),
      listening: (any: boolean) => owner.listening(any),
      protocolError: (message: string) => this.protocolError(message),
      threw: (error: unknown) => this.threw(error),
    }
    this.outbox = new Outbox(this.tracer, { ...events, idle: () => owner.idle() })
    this.listeners = new Listeners(this.here, notifications, validate, events)
    this.dispatcher = new Dispatcher(
      {
        methods,
        reserved: foreign === undefined ? reservedRequests(contract) : new Map(),
        fallback: options.fallback,
        isEcho: (id, method) => this.calls.cameBack(id, method),
        validate,
        debug,
        foreign: foreign !== undefined,
        answersCancelled: this.foreignCancel !== 'mcp',
        maxMessageBytes,
        peer: remote,
      },
      this.outbox,
    )
    const there = side === 'host' ? 'child' : 'host'
    this.calls = new Caller(
      {
        methods: membersOf(contract, there),
        validate,
        cancel: this.foreignCancel ?? 'lsp',
        timeouts: !debug,
        maxMessageBytes,
        maxQueuedBytes,
      },
      events,
      whyClosed,
    )
    // Loading starts now, so that it is over when the child has started; there it starts behind the first answer.
    if (validate && side === 'host') void compilerReady()
  }

  /** What takes the text of one session. A child that takes plain lines answers none of them. */
  receiver(): MessageReceiver {
    const { side, lenient, validate, maxMessageBytes, options } = this.settings
    const how = { side, lenient, takesPlain: options.onLine !== undefined, maxMessageBytes }
    const parser = new MessageParser(this, how)
    return validate && !isCompilerReady() ? new HoldingReceiver(parser, compilerReady) : parser
  }

  /** A session begins: the other side is verified, then what was asked before is sent. */
  async connect(link: Link): Promise<void> {
    const session = ++this.session
    this.outbox.link = link
    this.answered = false
    this.dispatcher.stopping = false
    const { startTimeout, debug, validate, verify, contract } = this.settings
    if (!debug)
      this.startTimer = startTimer(startTimeout, ms => {
        if (session === this.session && !this.answered) this.owner.startTimedOut(ms)
      })
    this.startTimer?.unref()
    this.calls.expect()
    const { side } = this.settings
    if (validate && side === 'host') await compilerReady()
    const mismatch =
      verify && session === this.session
        ? await verifyContract(this.calls, this.outbox, contract, side)
        : undefined
    // It may have ended meanwhile, and another begun.
    if (session !== this.session) return
    if (mismatch === undefined) this.calls.connect(this.outbox)
    else {
      this.disconnect(() => mismatch)
      this.owner.mismatch(mismatch)
    }
  }

  /** This side gives the session up: everything open is settled and answered, and nothing new begins. */
  retire(reason: (method: string) => RpcError, later: (method: string) => RpcError): void {
    this.session++
    clearTimeout(this.startTimer)
    this.dispatcher.shutDown()
    this.calls.sendCancels()
    this.calls.disconnect(reason)
    this.calls.refuseNew(later)
  }

  /** The session is over: every call fails, every handler is told to end. */
  disconnect(
    errorFor: (method: string) => RpcError,
    expectAnother: boolean | 'late' = false,
    unsent = errorFor,
  ): void {
    this.session++
    this.outbox.link = undefined
    clearTimeout(this.startTimer)
    this.tracer?.forget()
    this.dispatcher.forgetAll()
    this.calls.disconnect(errorFor, expectAnother, unsent)
  }

  // ---- MessageSink: where messages arrive

  message(
    message: WireMessage,
    kind: 'request' | 'notification' | 'response',
    bytes: number,
    batch?: BatchAnswers,
  ): void {
    this.tracer?.in(message, kind)
    try {
      if (kind === 'response') {
        this.answered = true
        this.calls.response(message)
      } else if (kind === 'request')
        this.dispatcher.request(message.id as Id, message.method as string, message.params, batch)
      else this.notification(message.method as string, message.params, bytes)
    } catch (error) {
      // Whatever one message brings about, the next ones are read.
      this.threw(error)
    }
  }

  item(id: number, value: unknown, bytes: number): void {
    if (this.tracer !== undefined || this.foreignCancel !== undefined) {
      this.message({ jsonrpc: '2.0', method: '$/item', params: { id, value } }, 'notification', bytes)
      return
    }
    try {
      this.calls.item(id, value, bytes)
    } catch (error) {
      this.threw(error)
    }
  }

  refuse(id: Id | null, code: number, message: string, data?: unknown, batch?: BatchAnswers): void {
    this.dispatcher.refuse(id, code, message, data, batch)
    this.protocolError(message)
  }

  unreadable(id: Id, fault: UnreadableMessage): void {
    this.calls.unreadable(id, fault)
  }

  plain(line: string): void {
    const { onLine } = this.settings.options
    this.owner.plain(line)
    if (onLine !== undefined) this.tell(() => onLine(line))
  }

  skipped(head: Buffer, bytes: number): void {
    this.owner.skipped(head, bytes)
  }

  protocolError(message: string): void {
    this.tell(() => this.settings.options.onProtocolError?.(message))
  }

  send(text: string): void {
    this.outbox.send(text)
  }

  isRunning(id: Id): boolean {
    return this.dispatcher.has(id)
  }

  isOpenCall(id: unknown): boolean {
    return this.calls.pending.get(id) !== undefined
  }

  mayReceive(method: string): boolean {
    return this.here.has(method)
  }

  /** Code of the user threw where nobody waits for it. */
  threw(error: unknown): void {
    reportThrown(error, this.settings.options.onError)
  }

  private notification(method: string, params: unknown, bytes: number): void {
    const given = (params ?? {}) as Record<string, unknown>
    if (takeReserved(this, this.foreignCancel, method, given, bytes)) return
    if (this.listeners.receive(method, params)) return
    const { onUnknownNotification } = this.settings.options
    if (onUnknownNotification !== undefined) this.tell(() => onUnknownNotification(method, params))
    else if (this.foreignCancel === undefined) this.protocolError(`There is no notification ‘${method}’ here`)
  }

  private tell(callback: () => void): void {
    try {
      callback()
    } catch (error) {
      this.threw(error)
    }
  }
}
