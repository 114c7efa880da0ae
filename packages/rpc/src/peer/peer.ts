import { afterReading, startTimer } from '@simple-ipc/worker'

import { Caller } from '../caller/caller.js'
import type { Disconnection, HeldCalls } from '../caller/disconnection.js'
import { plainContract } from '../contract/define-contract.js'
import { membersOf } from '../contract/members.js'
import { handlersOf } from '../dispatch/bind-handlers.js'
import { Dispatcher } from '../dispatch/dispatcher.js'
import { Listeners, type Listener } from '../dispatch/notification-listeners.js'
import { reservedRequests } from '../dispatch/reserved-requests.js'
import type { ViolationDetails } from '../errors/protocol-errors.js'
import type { ErrorOrigin } from '../errors/report-thrown.js'
import { noMessageYet } from '../errors/protocol-errors.js'
import type { RpcError } from '../errors/rpc-error.js'
import { Arrivals } from '../protocol/arrivals.js'
import { HoldingReceiver } from '../protocol/holding-receiver.js'
import { MessageParser, type MessageReceiver } from '../protocol/message-parser.js'
import { Outbox } from '../protocol/outbox.js'
import type { TextOutput } from '../transport/text-output.js'
import { compilerReady, isCompilerReady } from '../validate/codec.js'
import { SilenceNotice } from './silence-notice.js'
import { HandlerPeer, type Nested } from './handler-peer.js'
import { IncomingChecks } from './incoming-checks.js'
import { LastLook } from './last-look.js'
import { MessageRouter } from './message-router.js'
import type { PeerEvents } from './peer-events.js'
import type { PeerSettings } from './peer-options.js'
import type { RemoteMembers } from './remote-members.js'
import { Tracer } from './trace.js'
import { UserCallbacks } from './user-callbacks.js'
import { verifyContract } from './verify-contract.js'

/** One end of a conversation: joins what comes in, what is asked and what is answered. Knows no process and no bytes. */
export class Peer {
  /** This peer as the one who asks. */
  readonly calls: Caller
  private readonly settings: PeerSettings
  private readonly events: PeerEvents
  private readonly dispatcher: Dispatcher
  private readonly listeners: Listeners
  private readonly outbox: Outbox
  private readonly sink: MessageRouter
  private readonly tracer: Tracer | undefined
  private readonly user: UserCallbacks
  private readonly arrivals = new Arrivals()
  private readonly silence: SilenceNotice
  private readonly lastLook = new LastLook()
  private session = 0
  private startTimer: NodeJS.Timeout | undefined = undefined

  /** @param remote what handlers get as `peer` */
  constructor(
    settings: PeerSettings,
    remote: RemoteMembers,
    events: PeerEvents,
    whyClosed: (method: string) => RpcError,
  ) {
    this.settings = settings
    this.events = events
    const { contract, side, handlers, validate, debug, maxMessageBytes, maxQueuedBytes, options } = settings
    const { foreign } = plainContract(contract)
    const progress = foreign?.progress ?? 'none'
    const own = membersOf(contract, side)
    const other = membersOf(contract, side === 'host' ? 'child' : 'host')
    const checks = new IncomingChecks(
      options.validate ?? true,
      foreign?.nullIsAbsent === true,
      (message, details) => this.user.protocolError(message, details),
    )
    checks.requireKnown(own, other)
    const here = checks.ofOwn(own)
    const { methods, notifications } = handlersOf(here, handlers)
    const { trace } = options
    this.tracer = trace && new Tracer(trace)
    this.user = new UserCallbacks(options)
    this.outbox = new Outbox(maxQueuedBytes, this.tracer && (text => this.tracer?.out(text)))
    const told = {
      busy: (busy: boolean) => {
        this.silence.busy(busy, this.heard)
        events.busy(busy)
      },
      report: () => events.report(),
      lastError: () => events.lastError(),
      listening: (any: boolean) => events.listening(any),
      protocolError: (message: string, details?: ViolationDetails) =>
        this.user.protocolError(message, details),
      threw: (error: unknown, origin?: ErrorOrigin) => this.user.threw(error, origin),
    }
    this.listeners = new Listeners(here, notifications, validate, told)
    const nested: Nested = go => this.calls.nested(go)
    this.dispatcher = new Dispatcher(
      {
        methods,
        reserved: foreign === undefined ? reservedRequests(contract) : new Map(),
        fallback: options.fallback,
        protocolError: told.protocolError,
        threw: (error, name) => this.user.threw(error, { kind: 'handler', name }),
        isEcho: (id, method, params, by) => this.calls.cameBack(id, method, params, by),
        validate,
        debug,
        foreign: foreign !== undefined,
        answersCancelled: foreign?.cancel !== 'mcp',
        progress,
        maxMessageBytes,
        backlog: events,
        peer: request => new HandlerPeer(remote, request, nested),
      },
      this.outbox,
      () => events.idle(),
    )
    this.calls = new Caller(
      {
        methods: checks.ofOther(other),
        validate,
        cancel: foreign?.cancel ?? 'lsp',
        progress,
        timeouts: !debug,
        maxMessageBytes,
        maxQueuedBytes,
        foreign: foreign !== undefined,
        fallback: options.fallback !== undefined,
        meta: options.meta,
      },
      this.outbox,
      this.arrivals,
      told,
      whyClosed,
    )
    const { calls, dispatcher, listeners, outbox, tracer, user, arrivals } = this
    this.sink = new MessageRouter({
      calls,
      dispatcher,
      listeners,
      outbox,
      arrivals,
      tracer,
      user,
      events,
      here,
      foreign,
    })
    this.silence = new SilenceNotice(
      () => side === 'host' && arrivals.stage === 'open' && !arrivals.any && calls.size > 0,
      () => console.error(`simple-ipc: ${noMessageYet(contract.name, calls.inFlight(), events.report())}`),
    )
    // Loading starts now, so that it is over when the child has started; there it starts behind the first answer.
    if (validate && side === 'host') void compilerReady()
  }

  /** How much may wait for the other side. */
  get maxQueuedBytes(): number {
    return this.settings.maxQueuedBytes
  }

  /** The other side has sent a response in this session: it is up. */
  get answered(): boolean {
    return this.sink.answered
  }

  /** The other side has sent a message in this session. */
  get heard(): boolean {
    return this.arrivals.any
  }

  /** Is a request of the other side running here? */
  get isAnswering(): boolean {
    return this.dispatcher.requests.size > 0
  }

  /** Is nothing open, in either direction? */
  get isIdle(): boolean {
    return this.calls.size === 0 && !this.isAnswering
  }

  /** The methods of our calls in flight. */
  inFlight(): string[] {
    return this.calls.inFlight()
  }

  /** Listens to a notification; the returned function ends it. */
  on(name: string, listener: Listener): () => void {
    return this.listeners.add(name, listener)
  }

  /** User code threw outside any call. */
  threw(error: unknown, origin?: ErrorOrigin): void {
    this.user.threw(error, origin)
  }

  protocolError(message: string): void {
    this.user.protocolError(message)
  }

  // ---- its sessions

  /** Takes the incoming text of one session. A child that takes plain lines answers none of them. */
  receiver(): MessageReceiver {
    const { side, lenient, validate, maxMessageBytes, options } = this.settings
    const how = { side, lenient, takesPlain: options.onLine !== undefined, maxMessageBytes }
    const parser = new MessageParser(this.sink, how)
    return validate && !isCompilerReady() ? new HoldingReceiver(parser, compilerReady) : parser
  }

  /**
   * A session begins: the other side is verified and prepared, then what was asked before is sent. Resolves with whether
   * it came so far; rejects with what `prepare` rejects with.
   *
   * @param prepare asks for what comes before all that is held, by `calls.past`
   */
  async connect(output: TextOutput, prepare?: () => Promise<void>): Promise<boolean> {
    const session = ++this.session
    let prepared = prepare === undefined
    const { startTimeout, debug, validate, verify, contract, side } = this.settings
    this.outbox.open(output)
    this.sink.answered = false
    this.arrivals.begin(verify ? 'verifying' : 'preparing')
    this.dispatcher.open()
    if (!debug)
      this.startTimer = startTimer(startTimeout, ms => {
        afterReading(() => {
          if (session === this.session && !(this.answered && prepared)) this.events.startTimedOut(ms)
        })
      })
    this.startTimer?.unref()
    this.calls.expect()
    if (validate && side === 'host') await compilerReady()
    const mismatch =
      verify && session === this.session
        ? await verifyContract(this.calls, contract, side, () => this.events.report())
        : undefined
    // It may have ended meanwhile, and another begun.
    if (session !== this.session) return false
    if (mismatch !== undefined) {
      if (side === 'child') {
        this.dispatcher.takeProtocolOnly()
        await this.lastLook.wait()
        if (session !== this.session) return false
      }
      this.disconnect({ error: mismatch })
      this.events.mismatch(mismatch)
      return false
    }
    this.arrivals.stage = 'preparing'
    if (prepare !== undefined) {
      this.calls.prepare()
      try {
        await prepare()
      } catch (error) {
        if (session === this.session) throw error
      }
      if (session !== this.session) return false
      prepared = true
    }
    this.arrivals.stage = 'open'
    this.calls.connect()
    return true
  }

  /** The other side sends nothing more: our calls fail, and its own are still answered. */
  inputEnded(errorFor: (method: string) => RpcError): void {
    this.lastLook.over()
    this.calls.answersEnded(errorFor)
    this.dispatcher.requests.openWindows()
  }

  /** The other side reads nothing more: our calls fail, and handlers are cancelled. */
  outputEnded(errorFor: (method: string) => RpcError): void {
    this.calls.disconnect({ error: errorFor })
    this.dispatcher.requests.cancelAll()
  }

  /** This side ends the session: everything open is settled and answered, and nothing new begins. */
  retire(
    reason: (method: string) => RpcError,
    later: (method: string) => RpcError,
    held: HeldCalls = 'fail',
  ): void {
    this.session++
    this.lastLook.over()
    clearTimeout(this.startTimer)
    this.dispatcher.shutDown()
    this.calls.sendLast()
    this.calls.disconnect({ error: reason, held })
    if (held === 'fail') this.calls.refuseNew(later)
  }

  /** The session is over: every call fails, every handler is cancelled. */
  disconnect(how: Disconnection): void {
    this.session++
    this.lastLook.over()
    this.outbox.close()
    this.arrivals.stage = 'starting'
    clearTimeout(this.startTimer)
    this.tracer?.forget()
    this.dispatcher.close()
    this.calls.disconnect(how)
  }
}
