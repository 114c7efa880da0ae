import { Caller } from './caller.js'
import { Dispatch, type Answers, type Implemented, type MethodHandler } from './dispatch.js'
import { Incoming, type Batch, type Loss, type MessageSink } from './incoming.js'
import type { Link } from './link.js'
import { Listeners, type Listener } from './listeners.js'
import { compilerReady, membersOf, type Member } from './members.js'
import type { Id, WireMessage } from './message.js'
import type { PeerSettings } from './peer-options.js'
import { reservedRequests } from './reserved.js'
import type { RpcError } from './rpc-error.js'
import { startTimer } from './call-options.js'
import { Tracer } from './trace.js'
import { verifyContract } from './verify.js'

/** What a peer tells whoever joined it to a channel. */
export interface PeerOwner {
  /** Calls of ours are open now, or none are any more. */
  busy(busy: boolean): void
  /** Somebody listens to notifications now, or nobody does any more. */
  listening(any: boolean): void
  /** The last request that ran here is over. */
  idle(): void
  /** A line that is no message. */
  plain(line: string): void
  /** A line that was too long to be kept. */
  skipped(head: Buffer, bytes: number): void
  /** The other side's contract does not match. */
  mismatch(error: RpcError): void
  /** No answer came within `startTimeout`. */
  startTimedOut(ms: number): void
}

/** One end of a conversation: joins what comes in, what is asked and what is answered. Knows no process and no bytes. */
export class Peer implements MessageSink, Answers {
  readonly settings: PeerSettings
  readonly calls: Caller
  readonly dispatch: Dispatch
  readonly listeners: Listeners
  private readonly owner: PeerOwner
  private readonly here: ReadonlyMap<string, Member>
  private readonly tracer: Tracer | undefined
  private readonly foreignCancel: 'lsp' | 'mcp' | 'none' | undefined
  private link: Link | undefined = undefined
  private session = 0
  /** The other side has answered something in this session: it is up. */
  answered = false
  private startTimer: NodeJS.Timeout | undefined = undefined

  /** @param remote what handlers get as `peer` */
  constructor(
    settings: PeerSettings,
    remote: unknown,
    owner: PeerOwner,
    whyClosed: (method: string) => RpcError,
  ) {
    this.settings = settings
    this.owner = owner
    const { contract, side, handlers, validate, debug, maxMessageBytes, maxQueuedBytes, options } = settings
    const { foreign } = contract.spec
    this.here = membersOf(contract, side)
    this.foreignCancel = foreign === true ? 'none' : foreign?.cancel
    this.tracer = options.trace && new Tracer(options.trace)
    const { methods, notifications } = byKind(this.here, handlers)
    const events = {
      busy: (busy: boolean) => owner.busy(busy),
      listening: (any: boolean) => owner.listening(any),
      protocolError: (message: string) => this.protocolError(message),
      threw: (error: unknown) => this.threw(error),
    }
    this.listeners = new Listeners(this.here, notifications, validate, events)
    this.dispatch = new Dispatch(
      {
        methods,
        reserved: foreign === undefined ? reservedRequests(contract) : new Map(),
        fallback: options.fallback,
        validate,
        debug,
        foreign: foreign !== undefined,
        maxMessageBytes,
        peer: remote,
      },
      this,
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
    // Loading starts now, so that it is over when the other side has started.
    if (validate) void compilerReady()
  }

  /** What sorts the text of one session. A child that takes plain lines answers none of them. */
  incoming(): Incoming {
    const { side, lenient, validate, options } = this.settings
    const incoming = new Incoming(this, { side, lenient, takesPlain: options.onLine !== undefined })
    if (validate) incoming.awaitCompiler(compilerReady())
    return incoming
  }

  /** A session begins: the other side is verified, then what was asked before is sent. */
  async connect(link: Link): Promise<void> {
    const session = ++this.session
    this.link = link
    this.answered = false
    this.dispatch.stopping = false
    const { startTimeout, debug, validate, verify, contract } = this.settings
    if (!debug)
      this.startTimer = startTimer(startTimeout, ms => {
        if (session === this.session && !this.answered) this.owner.startTimedOut(ms)
      })
    this.startTimer?.unref()
    this.calls.expect()
    if (validate) await compilerReady()
    const { side } = this.settings
    const mismatch =
      verify && session === this.session ? await verifyContract(this.calls, this, contract, side) : undefined
    // It may have ended meanwhile, and another begun.
    if (session !== this.session) return
    if (mismatch === undefined) this.calls.connect(this)
    else {
      this.disconnect(() => mismatch)
      this.owner.mismatch(mismatch)
    }
  }

  /** This side gives the session up: everything open is settled and answered, and nothing new begins. */
  retire(reason: (method: string) => RpcError, later: (method: string) => RpcError): void {
    this.session++
    clearTimeout(this.startTimer)
    this.dispatch.shutDown()
    // A program that does not know the protocol has other ways to be told.
    if (this.foreignCancel === undefined) this.calls.sendCancels()
    this.calls.disconnect(reason)
    this.calls.refuseNew(later)
  }

  /** The session is over: every call fails, every handler is told to end. */
  disconnect(errorFor: (method: string) => RpcError, expectAnother = false): void {
    this.session++
    this.link = undefined
    clearTimeout(this.startTimer)
    this.tracer?.forget()
    this.dispatch.forgetAll()
    this.calls.disconnect(errorFor, expectAnother)
  }

  // ---- Answers and Link: where messages leave

  send(text: string): void {
    this.tracer?.out(text)
    this.link?.send(text)
  }

  get bufferedAmount(): number {
    return this.link?.bufferedAmount ?? 0
  }

  drained(): Promise<void> {
    return this.link?.drained() ?? Promise.resolve()
  }

  idle(): void {
    this.owner.idle()
  }

  // ---- MessageSink: where messages arrive

  message(
    message: WireMessage,
    kind: 'request' | 'notification' | 'response',
    bytes: number,
    batch?: Batch,
  ): void {
    this.tracer?.in(message, kind)
    try {
      if (kind === 'response') {
        this.answered = true
        this.calls.response(message)
      } else if (kind === 'request')
        this.dispatch.request(message.id as Id, message.method as string, message.params, batch)
      else this.notification(message.method as string, message.params, bytes)
    } catch (error) {
      // Whatever one message brings about, the next ones are read.
      this.threw(error)
    }
  }

  refuse(id: Id | null, code: number, message: string, data?: unknown, batch?: Batch): void {
    this.dispatch.refuse(id, code, message, data, batch)
    this.protocolError(message)
  }

  lost(id: Id, loss: Loss): void {
    this.calls.lost(id, loss)
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

  isRunning(id: Id): boolean {
    return this.dispatch.has(id)
  }

  isOpenCall(id: unknown): boolean {
    return this.calls.pending.get(id) !== undefined
  }

  mayReceive(method: string): boolean {
    return this.here.has(method)
  }

  sendBatch(parts: string[]): void {
    this.send(`[${parts.join(',')}]`)
  }

  /** Code of the user threw where nobody waits for it. */
  threw(error: unknown): void {
    const { onError } = this.settings.options
    try {
      if (onError === undefined)
        console.error('A listener or callback of a simple-ipc connection threw:', error)
      else onError(error)
    } catch {
      // Nobody is left to be told.
    }
  }

  private notification(method: string, params: unknown, bytes: number): void {
    const given = (params ?? {}) as Record<string, unknown>
    if (this.foreignCancel === undefined && method.startsWith('$/')) {
      if (method === '$/item') this.calls.item(given, bytes)
      else if (method === '$/progress') this.calls.progress(given)
      else if (method === '$/credit') this.dispatch.credit(given['id'], given['items'])
      else if (method === '$/cancelRequest') this.dispatch.cancel(given['id'])
      return
    }
    if (this.foreignCancel === 'lsp' && method === '$/cancelRequest') this.dispatch.cancel(given['id'])
    if (this.foreignCancel === 'mcp' && method === 'notifications/cancelled')
      this.dispatch.cancel(given['requestId'])
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

/** Handlers by name, for the members that the contract declares and the user implements. */
function byKind(
  members: ReadonlyMap<string, Member>,
  handlers: Readonly<Record<string, unknown>>,
): { methods: Map<string, Implemented>; notifications: Map<string, Listener> } {
  const methods = new Map<string, Implemented>()
  const notifications = new Map<string, Listener>()
  for (const [name, member] of members) {
    const handler = handlers[name]
    // Methods of a class are handlers; what every object or class has by itself is none.
    if (typeof handler !== 'function' || (name in Object.prototype && !Object.hasOwn(handlers, name)))
      continue
    if (member.kind === 'method')
      methods.set(name, { member, handler: handler.bind(handlers) as MethodHandler })
    else notifications.set(name, handler.bind(handlers) as Listener)
  }
  return { methods, notifications }
}
