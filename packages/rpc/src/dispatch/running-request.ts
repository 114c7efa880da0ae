import type { Member } from '../contract/members.js'
import { cancelled } from '../errors/local-errors.js'
import type { RpcError } from '../errors/rpc-error.js'
import type { SendWindow } from '../protocol/flow-control.js'
import type { BatchAnswers } from '../protocol/message-sink.js'
import type { Id } from '../protocol/message.js'

/** What a running request needs of the peer that answers it. */
export interface RequestOwner {
  readonly peer: unknown
  sendProgress(running: RunningRequest, value: unknown): void
  declaredError(running: RunningRequest, name: string, data: unknown, message: string | undefined): RpcError
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
  /** The caller no longer wants it, or is gone. */
  cancelled = false
  /** Answered, or nobody is left to be answered. */
  over = false
  window: SendWindow | undefined = undefined
  private readonly owner: RequestOwner
  private controller: AbortController | undefined = undefined
  private wakeProducer: (() => void) | undefined = undefined
  private boundProgress: ((value: unknown) => void) | undefined = undefined

  constructor(
    owner: RequestOwner,
    id: Id,
    method: string,
    member: Member | undefined,
    batch: BatchAnswers | undefined,
  ) {
    this.owner = owner
    this.id = id
    this.method = method
    this.member = member
    this.batch = batch
  }

  get signal(): AbortSignal {
    this.controller ??= new AbortController()
    if (this.cancelled && !this.controller.signal.aborted) this.controller.abort(cancelled(this.method))
    return this.controller.signal
  }

  get progress(): (value: unknown) => void {
    return (this.boundProgress ??= value => this.owner.sendProgress(this, value))
  }

  get error(): (name: string, data?: unknown, message?: string) => RpcError {
    return (name, data, message) => this.owner.declaredError(this, name, data, message)
  }

  get peer(): unknown {
    return this.owner.peer
  }

  cancel(): void {
    if (this.cancelled) return
    this.cancelled = true
    this.controller?.abort(cancelled(this.method))
    this.wake()
  }

  /** Resolves when the window may have opened, or the request was cancelled. */
  untilWoken(): Promise<void> {
    return new Promise(resolve => (this.wakeProducer = resolve))
  }

  wake(): void {
    this.wakeProducer?.()
    this.wakeProducer = undefined
  }
}
