import {
  checkOptions,
  formatExitReport,
  stopGraceTable,
  type Command,
  type ExitReport,
  type LineSink,
  type StopGrace,
} from '@simple-ipc/worker'

import type { Caller } from '../caller/caller.js'
import type { HeldCalls } from '../caller/disconnection.js'
import type { Contract } from '../contract/contract-spec.js'
import type { CallOptions, Stream } from '../contract/contract-types.js'
import {
  foundNotReading,
  gaveUp,
  notPrepared,
  notReading,
  notResponding,
  notRunning,
  notSent,
  prepareTimedOut,
  startTimedOut,
  stopped,
} from '../errors/local-errors.js'
import type { RpcError } from '../errors/rpc-error.js'
import type { PeerEvents } from '../peer/peer-events.js'
import { peerSettings } from '../peer/peer-options.js'
import { Peer } from '../peer/peer.js'
import { ping } from '../peer/ping.js'
import { OwnedMembers } from '../peer/remote-members.js'
import { framings } from '../transport/framings.js'
import type { Decoder } from '../transport/stream-reader.js'
import {
  clientOptionTable,
  hostRow,
  splitOptions,
  stopGrace,
  stopOptionTable,
  type ClientLife,
  type ClientOptions,
  type StopOptions,
} from './client-options.js'
import { clientTransition, type ClientEvent, type ClientState } from './client-state.js'
import { Drain } from './drain.js'
import { exitError, withServeHint } from './exit-error.js'
import { Goodbye } from './goodbye.js'
import { heartbeatOf, type Heartbeat } from './heartbeat.js'
import { IdleStop } from './idle-stop.js'
import { KeepAlive } from './keep-alive.js'
import { MessageWorker } from './message-worker.js'
import { PipeEnds } from './pipe-ends.js'
import { StartPromise } from './start-promise.js'
import { StartingChild } from './starting-child.js'
import { withOutputHint } from './output-hint.js'

type FailWith = (method: string) => RpcError

/** A peer over a child program that is started here; `Client` is its typed face. */
export class ChildClient extends OwnedMembers implements ClientLife, PeerEvents {
  readonly worker: MessageWorker
  protected readonly peer: Peer
  readonly #keepAlive = new KeepAlive()
  readonly #heartbeat: Heartbeat | undefined
  readonly #idleStop: IdleStop
  readonly #drain = new Drain()
  readonly #goodbye: Goodbye
  readonly #pipeEnds: PipeEnds
  readonly #start = new StartPromise(starting => this.#keepAlive.set({ starting }))
  readonly #options: ClientOptions
  /** Whether notifications that the contract does not declare are listened to. */
  readonly #hearsUnknown: boolean
  #state: ClientState = 'idle'
  /** Where plain lines of the current run go. */
  #plain: LineSink | undefined
  /** Reads the current run. */
  #decoder: Decoder | undefined
  /** The child of the current run, as `onStart` gets it. */
  #child: StartingChild | undefined
  /** Why calls fail once the program has exited, if not because of the exit itself. */
  #reason: FailWith | undefined

  constructor(contract: Contract, command: Command, options: ClientOptions & { host?: object } = {}) {
    super()
    checkOptions<ClientOptions>({ ...hostRow, ...clientOptionTable }, options, { name: 'a client' })
    this.#options = options
    const { peer, worker } = splitOptions(options)
    const settings = peerSettings(contract, 'host', options.host, peer)
    const { frame, decoder } = framings[options.framing ?? 'lines']
    this.worker = new MessageWorker(command, frame, {
      stderr: 'tee',
      ...worker,
      start: false,
      decoder: plain => {
        this.#plain = plain
        this.#decoder = decoder(this.peer.receiver(), settings.maxMessageBytes)
        return this.#decoder
      },
    })
    this.peer = new Peer(settings, this, this, notRunning)
    this.#goodbye = new Goodbye(options.onStop, this.peer)
    this.#idleStop = new IdleStop(options, () => this.#sleep())
    if (contract.spec.foreign === undefined && !settings.debug)
      this.#heartbeat = heartbeatOf(options.heartbeat, this.peer, ms => {
        const report = this.report()
        this.#fail(method => notResponding(method, ms, report))
      })
    this.#pipeEnds = new PipeEnds(this.worker, (report, pipe) =>
      this.#fail(this.#exited(report, `it closed its ${pipe} but is still running: `)),
    )
    this.#hearsUnknown = options.onUnknownNotification !== undefined
    this.listening(false)
    this.#watch()
    if (options.start !== false && options.lazy !== true) this.#begin()
  }

  get running(): boolean {
    return this.worker.running
  }

  get pid(): number | undefined {
    return this.worker.pid
  }

  start(): Promise<void> {
    this.#begin()
    this.#keepAlive.set({ starting: this.#start.pending })
    return this.#goodbye.saying === undefined ? this.#start.promise : this.#startAfter(this.#goodbye.saying)
  }

  /** The start that follows a stop, unless another stop takes it back. Need not be awaited. */
  #startAfter(goodbye: Promise<boolean>): Promise<void> {
    const started = goodbye.then(isAsked => {
      if (!isAsked) throw stopped('start()')
      return this.#start.promise
    })
    started.catch(() => undefined)
    return started
  }

  /** For a pool: the present start, whether the program has answered anything since, and whether too much waits for it. */
  get started(): Promise<void> {
    return this.#start.promise
  }

  get answered(): boolean {
    return this.peer.answered
  }

  get isFull(): boolean {
    return this.peer.calls.isFull
  }

  /** Why the program does not work, if not because of its exit. */
  get failure(): string | undefined {
    return this.#reason?.('its start').message
  }

  async stop(options: StopOptions = {}): Promise<void> {
    const { drain = 0, ...grace } = checkOptions<StopOptions>(stopOptionTable, options, { name: 'a stop' })
    const { calls } = this.peer
    this.#idleStop.stopped()
    calls.refuseNew(notRunning)
    if (drain > 0 && calls.size > 0) await this.#drain.wait(drain)
    const goodbye = this.#sayGoodbye(grace)
    // Without one everything happens at once: start() may follow on the next line.
    const isAsked = goodbye !== undefined && (await goodbye)
    this.#shutDown(stopped, isAsked ? 'keep-late' : 'fail')
    const ended = this.worker.stop(stopGrace(grace))
    if (isAsked) this.#begin()
    await ended
  }

  ping(options: { timeout?: number; signal?: AbortSignal } = {}): Promise<number> {
    return ping(this.#calls(), options)
  }

  ref(): void {
    this.worker.ref()
  }

  unref(): void {
    this.worker.unref()
    this.#keepAlive.set({ allowed: false })
  }

  call(method: string, params?: unknown, options?: CallOptions<unknown>): Promise<unknown> {
    return this.#calls().call(method, params, options)
  }

  stream(method: string, params?: unknown, options?: CallOptions<unknown>): Stream<unknown, unknown> {
    return this.#calls().stream(method, params, options)
  }

  notify(name: string, params?: unknown): void {
    this.#calls().notify(name, params)
  }

  get bufferedAmount(): number {
    return this.peer.calls.bufferedAmount
  }

  drained(): Promise<void> {
    return this.peer.calls.drained()
  }

  on(name: string, listener: (params: unknown) => unknown): () => void {
    return this.peer.on(name, listener)
  }

  protected methodNames(): string[] {
    return this.peer.calls.methodNames()
  }

  protected threw(error: unknown): void {
    this.peer.threw(error)
  }

  // ---- callbacks of the peer

  busy(busy: boolean): void {
    this.#keepAlive.set({ busy })
    this.#heartbeat?.set(busy)
    this.#pipeEnds.busy(busy)
    if (busy) this.#idleStop.busy()
    else {
      this.#drain.done()
      this.#idleStop.idle()
    }
  }

  listening(any: boolean): void {
    this.#keepAlive.set({ listening: any || this.#hearsUnknown })
  }

  idle(): void {
    this.#idleStop.idle()
  }

  plain(line: string): void {
    this.#plain?.line(line)
  }

  skipped(head: Buffer, bytes: number): void {
    this.#plain?.skipped(head, bytes)
  }

  mismatch(error: (method: string) => RpcError): void {
    this.#end(error)
  }

  unread(): boolean {
    // Its output is read on: an answer that somebody waits for may be behind what it asks.
    return false
  }

  flooded(bytes: number): void {
    // One that is being stopped is only written to no more.
    if (this.#state !== 'running' && this.#state !== 'starting') return
    const report = formatExitReport(this.worker.exitReport())
    const unread = { bytes, limit: this.peer.maxQueuedBytes, report }
    this.#fail(method => notReading(method, unread))
    this.threw(foundNotReading(unread))
  }

  report(): string {
    return formatExitReport(this.#report())
  }

  lastError(): string | undefined {
    return this.worker.exitReport().stderr.at(-1)
  }

  startTimedOut(ms: number): void {
    const report = this.report()
    const late = this.peer.answered ? prepareTimedOut : startTimedOut
    this.#fail(method => late(method, ms, report))
  }

  // ---- events of the worker

  #watch(): void {
    const { worker } = this
    worker.on('start', () => {
      this.#reason = undefined
      this.#on('start')
      this.#start.expect()
      void this.#connect()
    })
    worker.on('exit', () => {
      this.#on('exit')
      this.peer.calls.hold()
    })
    worker.on('close', (report, next) => this.#on(`close:${next}`, report))
    worker.on('give-up', report => {
      const text = formatExitReport(report)
      this.#idleStop.stopped()
      this.peer.calls.refuseNew(method => gaveUp(method, text, report))
    })
    worker.on('end', () => this.#on('end'))
  }

  /** Prepares the program that has been started, and lets calls go when that is done. */
  async #connect(): Promise<void> {
    const { onStart } = this.#options
    const child = new StartingChild(this.peer)
    this.#child = child
    try {
      const prepare =
        onStart &&
        (async (): Promise<void> => {
          await onStart(child)
        })
      if (!(await this.peer.connect(this.worker.link, prepare))) return
    } catch (cause) {
      const report = this.worker.exitReport()
      const text = formatExitReport(report)
      this.#fail(method => notPrepared(method, cause, text, report), cause)
      return
    }
    this.#on('ready')
    this.#start.succeeded()
    // Whatever the start took, the time without a call begins now.
    if (this.peer.isIdle) this.#idleStop.idle()
  }

  /** What follows is in client-state.ts. */
  #on(event: ClientEvent, ended?: ExitReport): void {
    const { state, held } = clientTransition(this.#state, event)
    this.#state = state
    if (held !== undefined) this.#disconnect(ended ?? this.worker.exitReport(), held, event)
    this.#keepAlive.set({ alive: state !== 'idle' })
  }

  #disconnect(ended: ExitReport, held: HeldCalls, event: ClientEvent): void {
    const report = withServeHint(this.#withHint(ended), this.peer.answered)
    const text = formatExitReport(report)
    const unsent = this.#reason ?? ((method: string) => notSent(method, text, report))
    const error = this.#reason ?? this.#exited(report)
    this.#child?.over(error)
    this.peer.disconnect({ error, unsent, held })
    // start() asked for the run that follows.
    if (event !== 'close:start') this.#start.failed(error('start()'))
  }

  #report(): ExitReport {
    return this.#withHint(this.worker.exitReport())
  }

  /** Where no message has come: what has come instead. */
  #withHint(report: ExitReport): ExitReport {
    const framing = this.#options.framing ?? 'lines'
    return this.peer.heard ? report : withOutputHint(report, framing, this.#decoder?.partial?.() ?? '')
  }

  #exited(report: ExitReport, prefix?: string): FailWith {
    return exitError(report, this.peer.inFlight(), prefix)
  }

  /** Ends the session, and the program with it, for a reason other than an exit. */
  #end(reason: FailWith): void {
    this.#idleStop.stopped()
    this.#giveUp(reason)
  }

  /** Ends a run that does not work: `restart` decides what follows. @param error what start() rejects with */
  #fail(reason: FailWith, error: unknown = reason('start()')): void {
    if (this.#options.restart === undefined) this.#idleStop.stopped()
    this.#reason = reason
    this.#on('fail')
    this.#retire(reason, reason)
    this.#start.failed(error)
    // What is called from now on is meant for the next run, if there is one.
    this.peer.calls.expect()
    this.peer.calls.hold()
    this.worker.fail().catch((cause: unknown) => this.threw(cause))
  }

  #shutDown(reason: FailWith, held?: HeldCalls): void {
    this.#reason = reason === stopped ? notRunning : reason
    this.#on('stop')
    this.#retire(reason, this.#reason, held)
    this.#start.failed(reason('start()'))
  }

  #retire(reason: FailWith, later: FailWith, held?: HeldCalls): void {
    this.#child?.over(reason)
    this.peer.retire(reason, later, held)
  }

  #begin(): void {
    this.#goodbye.startAsked()
    this.#reason = undefined
    this.#idleStop.started()
    if (this.#state !== 'running') this.#start.expect()
    this.#on('asked')
    this.peer.calls.expect()
    this.worker.start()
  }

  #sleep(): void {
    if (!this.peer.isIdle || this.#state !== 'running') return
    const goodbye = this.#sayGoodbye()
    if (goodbye === undefined) this.#giveUp(notRunning)
    else
      void goodbye.then(isAsked => {
        const isNeeded = isAsked || this.peer.calls.size > 0
        if (this.#state === 'running') this.#giveUp(notRunning, 'keep-late')
        // What was called meanwhile waits for the next run.
        if (isNeeded) this.#begin()
        else this.peer.calls.refuseNew(notRunning)
      })
  }

  /** Undefined if there is nobody to say it to. */
  #sayGoodbye({ input }: StopGrace = {}): Promise<boolean> | undefined {
    if (this.#state !== 'running') return undefined
    return this.#goodbye.say(this.#child, input ?? this.#options.stop?.input ?? stopGraceTable.input.default)
  }

  #giveUp(reason: FailWith, held?: HeldCalls): void {
    this.#shutDown(reason, held)
    this.worker.stop().catch((error: unknown) => this.threw(error))
  }

  /** A call starts a program that was stopped for idleness. */
  #calls(): Caller {
    if (this.#idleStop.callsStart && !this.worker.running) this.#begin()
    return this.peer.calls
  }
}
