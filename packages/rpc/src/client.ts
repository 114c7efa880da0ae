import { formatExitReport, type Command, type ExitReport, type LineSink } from '@simple-ipc/worker'

import { splitOptions, type ClientLife, type ClientOptions, type StopOptions } from './client-options.js'
import type { Contract, ContractSpec } from './contract-spec.js'
import type { CallOptions, HostHandlers, OptionsWithHost, RemoteChild, Stream } from './contract-types.js'
import { startTimer, wrongTime } from './call-options.js'
import { HangWatch } from './hang-watch.js'
import { KeepAlive } from './keep-alive.js'
import { LinkedWorker } from './linked-worker.js'
import { Peer, type PeerOwner } from './peer.js'
import { peerSettings } from './peer-options.js'
import { RemotePeer } from './remote.js'
import { ping } from './ping.js'
import {
  notResponding,
  notRunning,
  startTimedOut,
  notSent,
  stopped,
  workerExited,
  type RpcError,
} from './rpc-error.js'
import { frameHeaders, headersDecoder } from './transport/headers.js'
import { frameLine, linesDecoder } from './transport/lines.js'

type FailWith = (method: string) => RpcError

/** How long a program may live after its stdout ended before its calls are given up, in milliseconds. */
const graceAfterOutput = 1_000

class ChildClient extends RemotePeer implements ClientLife, PeerOwner {
  readonly worker: LinkedWorker
  protected readonly peer: Peer
  readonly #options: ClientOptions
  readonly #keepAlive = new KeepAlive()
  #kept = true
  #busy = false
  readonly #hang: HangWatch | undefined
  #listening = false
  /** The program lives, or will again by itself. */
  #alive = false
  /** It was told to stop; and to start again afterwards. */
  #stopping = false
  #startsAgain = false
  /** Where plain lines of the present run go. */
  #plain: LineSink | undefined
  /** Why calls fail once the program has gone, if the reason is not how it went. */
  #reason: FailWith | undefined
  #calm: (() => void)[] = []
  #idleTimer: NodeJS.Timeout | undefined
  #outputTimer: NodeJS.Timeout | undefined
  /** It was stopped for want of calls, or was never started: the next call starts it. */
  #asleep: boolean

  constructor(contract: Contract, command: Command, options: ClientOptions & { host?: object } = {}) {
    super()
    const wrong = wrongTime('idleStop', options.idleStop)
    if (wrong !== undefined) throw wrong
    if (!['lines', 'headers', undefined].includes(options.framing))
      throw new TypeError(`The option 'framing' is '${String(options.framing)}': pass 'lines' or 'headers'`)
    this.#options = options
    const { peer, worker } = splitOptions(options)
    const settings = peerSettings(contract, 'host', options.host, peer)
    const framed = options.framing === 'headers'
    this.worker = new LinkedWorker(command, framed ? frameHeaders : frameLine, {
      stderr: 'tee',
      ...worker,
      start: false,
      decoder: plain => {
        this.#plain = plain
        const make = framed ? headersDecoder : linesDecoder
        return make(this.peer.incoming(), settings.maxMessageBytes)
      },
    })
    this.peer = new Peer(settings, this, this, notRunning)
    this.#asleep = options.lazy === true || options.idleStop !== undefined
    const { hang, debug } = options
    if (hang !== undefined && hang !== false && debug !== true && contract.spec.foreign === undefined)
      this.#hang = new HangWatch(
        this.peer.calls,
        () => this.peer.answered,
        hang === true ? {} : hang,
        ms => {
          const report = formatExitReport(this.worker.exitReport())
          this.#end(method => notResponding(method, ms, report))
        },
      )
    this.#watch()
    if (options.start !== false && options.lazy !== true) this.start()
  }

  get running(): boolean {
    return this.worker.running
  }

  get pid(): number | undefined {
    return this.worker.pid
  }

  start(): void {
    this.#reason = undefined
    this.#asleep = this.#options.lazy === true || this.#options.idleStop !== undefined
    this.#startsAgain = this.#stopping && this.#alive
    this.peer.calls.expect()
    this.worker.start()
  }

  async stop({ drain = 0, input, term }: StopOptions = {}): Promise<void> {
    const { calls } = this.peer
    this.#asleep = false
    clearTimeout(this.#idleTimer)
    calls.refuseNew(notRunning)
    if (drain > 0 && calls.size > 0) await this.#untilCalm(drain)
    this.#shutDown(stopped)
    await this.worker.stop({
      ...(input === undefined ? {} : { input }),
      ...(term === undefined ? {} : { term }),
    })
  }

  ping(options: { timeout?: number; signal?: AbortSignal } = {}): Promise<number> {
    this.#wake()
    return ping(this.peer.calls, options)
  }

  ref(): void {
    this.worker.ref()
  }

  unref(): void {
    this.worker.unref()
    this.#kept = false
    this.#refresh()
  }

  [Symbol.dispose](): void {
    this.stop().catch((error: unknown) => this.peer.threw(error))
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop()
  }

  override call(method: string, params?: unknown, options?: CallOptions<unknown>): Promise<unknown> {
    if (this.#asleep) this.#wake()
    return this.peer.calls.call(method, params, options)
  }

  override stream(
    method: string,
    params?: unknown,
    options?: CallOptions<unknown>,
  ): Stream<unknown, unknown> {
    if (this.#asleep) this.#wake()
    return this.peer.calls.stream(method, params, options)
  }

  override notify(name: string, params?: unknown): void {
    if (this.#asleep) this.#wake()
    super.notify(name, params)
  }

  // ---- what the peer tells

  busy(busy: boolean): void {
    this.#busy = busy
    this.#refresh()
    this.#hang?.set(busy)
    if (busy) clearTimeout(this.#idleTimer)
    else {
      for (const resolve of this.#calm.splice(0)) resolve()
      this.#sleepSoon()
    }
  }

  listening(any: boolean): void {
    this.#listening = any
    this.#refresh()
  }

  idle(): void {
    this.#sleepSoon()
  }

  plain(line: string): void {
    this.#plain?.line(line)
  }

  skipped(head: Buffer, bytes: number): void {
    this.#plain?.skipped(head, bytes)
  }

  mismatch(error: RpcError): void {
    this.#end(() => error)
  }

  startTimedOut(ms: number): void {
    const report = formatExitReport(this.worker.exitReport())
    this.#end(method => startTimedOut(method, ms, report))
  }

  // ---- what the worker tells

  #watch(): void {
    const { worker } = this
    worker.on('start', () => {
      this.#live(true)
      this.#stopping = false
      void this.peer.connect(worker.link)
    })
    worker.on('stdout-end', () => {
      this.#outputTimer = setTimeout(() => {
        const report = worker.exitReport()
        this.#end(this.#exited(report, 'it closed its stdout, and lives: '))
      }, graceAfterOutput)
    })
    worker.on('exit', () => clearTimeout(this.#outputTimer))
    worker.on('close', report => this.#closed(report))
    worker.on('restart', () => {
      this.#live(true)
      this.peer.calls.expect()
    })
  }

  #closed(report: ExitReport): void {
    clearTimeout(this.#outputTimer)
    // Calls that came while it stopped, after start(), wait for the next run.
    const another = this.#startsAgain
    this.#startsAgain = false
    this.peer.disconnect(this.#reason ?? this.#exited(report, ''), another)
    if (this.#reason === undefined && !another) {
      const text = formatExitReport(report)
      this.peer.calls.refuseNew(method => notSent(method, text, report))
    }
    this.#live(false)
  }

  #live(alive: boolean): void {
    this.#alive = alive
    this.#refresh()
  }

  /** The event loop stays alive while somebody waits for this program. */
  #refresh(): void {
    this.#keepAlive.set(this.#kept && (this.#busy || (this.#listening && this.#alive)))
  }

  #exited(report: ExitReport, prefix: string): FailWith {
    const inFlight = this.peer.calls.pending.methods()
    const lines = [prefix + formatExitReport(report)]
    if (inFlight.length > 0) lines.push(`in flight: ${counted(inFlight)}`)
    const text = lines.join('\n')
    const data = { ...report, inFlight }
    return method => workerExited(method, text, data)
  }

  /** Ends the session for a reason of its own, and the program with it. */
  #end(reason: FailWith): void {
    this.#asleep = false
    this.#shutDown(reason)
    this.worker.stop().catch((error: unknown) => this.peer.threw(error))
  }

  #shutDown(reason: FailWith): void {
    this.#reason = reason === stopped ? notRunning : reason
    this.#stopping = true
    this.peer.retire(reason, this.#reason)
  }

  // ---- sleeping

  #wake(): void {
    if (this.#asleep && !this.worker.running) this.start()
  }

  #sleepSoon(): void {
    const { idleStop } = this.#options
    clearTimeout(this.#idleTimer)
    if (idleStop === undefined || !this.#asleep) return
    this.#idleTimer = startTimer(idleStop, () => this.#sleep())
    this.#idleTimer?.unref()
  }

  #sleep(): void {
    if (this.peer.calls.size > 0 || this.peer.dispatch.size > 0 || !this.worker.running) return
    this.peer.retire(notRunning, notRunning)
    this.#stopping = true
    this.worker.stop().catch((error: unknown) => this.peer.threw(error))
  }

  #untilCalm(ms: number): Promise<void> {
    return new Promise(resolve => {
      const timer = setTimeout(resolve, ms)
      this.#calm.push(() => {
        clearTimeout(timer)
        resolve()
      })
    })
  }
}

/** `['a', 'b', 'a']` → `a (2), b`. */
function counted(names: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return Array.from(counts, ([name, count]) => (count === 1 ? name : `${name} (${count})`)).join(', ')
}

/** A child program whose methods can be called. */
export type Client<S extends ContractSpec> = RemoteChild<S> & ClientLife

/**
 * Starts a program and speaks the contract with it over its stdin and stdout.
 *
 * `new Client(contract, ['python3', 'profiler.py'], { host: { … } })`: `host` has a handler for each method that the
 * contract lets the child call. Throws a TypeError for wrong arguments, and never for a program that cannot be started:
 * its calls reject with `WORKER_EXITED`.
 */
export const Client = ChildClient as unknown as new <S extends ContractSpec>(
  contract: Contract<S>,
  command: Command,
  ...options: NoInfer<OptionsWithHost<ClientOptions, HostHandlers<S>>>
) => Client<S>
