import type { Member } from '../contract/members.js'
import { cancelled } from '../errors/local-errors.js'
import type { RpcError } from '../errors/rpc-error.js'
import type { Carried, Meta } from '../protocol/carried.js'
import { SendWindow } from '../protocol/flow-control.js'
import type { BatchAnswers } from '../protocol/message-sink.js'
import type { Id } from '../protocol/message.js'

/** What a handler reaches through its context. */
export interface ContextServices {
  peerOf(request: RunningRequest): unknown
  sendProgress(request: RunningRequest, value: unknown): void
  declaredError(request: RunningRequest, name: string, data: unknown, message: string | undefined): RpcError
}

/**
 * A request whose handler runs, and the context that the handler gets. What most handlers do not use (the signal, the
 * bound functions) is made when it is first asked for.
 */
export class RunningRequest {
  readonly id: Id
  readonly method: string
  /** Undefined for a request that the contract does not declare. */
  readonly member: Member | undefined
  readonly batch: BatchAnswers | undefined
  readonly meta: Meta
  readonly for: Id | undefined
  /** Under which a foreign caller wants reports of progress. */
  progressToken: Id | undefined = undefined
  private readonly services: ContextServices
  private cancelled = false
  private settled = false
  private window: SendWindow | undefined = undefined
  private controller: AbortController | undefined = undefined
  private wakeProducer: (() => void) | undefined = undefined
  private boundPeer: unknown = undefined
  private boundProgress: ((value: unknown) => void) | undefined = undefined

  constructor(
    services: ContextServices,
    id: Id,
    method: string,
    member: Member | undefined,
    batch: BatchAnswers | undefined,
    carried: Carried,
  ) {
    this.services = services
    this.id = id
    this.method = method
    this.member = member
    this.batch = batch
    this.meta = carried.meta
    this.for = carried.for
  }

  // ---- the handler's context

  get signal(): AbortSignal {
    this.controller ??= new AbortController()
    if (this.cancelled && !this.controller.signal.aborted) this.controller.abort(cancelled(this.method))
    return this.controller.signal
  }

  get progress(): (value: unknown) => void {
    return (this.boundProgress ??= value => this.services.sendProgress(this, value))
  }

  get error(): (name: string, data?: unknown, message?: string) => RpcError {
    return (name, data, message) => this.services.declaredError(this, name, data, message)
  }

  get peer(): unknown {
    return (this.boundPeer ??= this.services.peerOf(this))
  }

  // ---- its life

  /** The caller has cancelled it, or is gone. */
  get isCancelled(): boolean {
    return this.cancelled
  }

  /** Answered, or the caller is gone. */
  get isSettled(): boolean {
    return this.settled
  }

  settle(): void {
    this.settled = true
  }

  cancel(): void {
    if (this.cancelled) return
    this.cancelled = true
    this.controller?.abort(cancelled(this.method))
    this.wake()
  }

  // ---- its stream

  /** It yields items: within the window that is returned, unless nobody grants credit any more. */
  beginStream(unlimited: boolean): SendWindow {
    this.window = new SendWindow()
    if (unlimited) this.window.open()
    return this.window
  }

  credit(items: unknown): void {
    if (this.window === undefined) return
    this.window.credit(items)
    if (this.window.isOpen) this.wake()
  }

  /** No more credit will come: the producer continues. */
  openWindow(): void {
    this.window?.open()
    this.wake()
  }

  /** Resolves when the window may have opened, or the request was cancelled. */
  untilWoken(): Promise<void> {
    return new Promise(resolve => (this.wakeProducer = resolve))
  }

  private wake(): void {
    this.wakeProducer?.()
    this.wakeProducer = undefined
  }
}
