import type { Served } from '../caller/call-meta.js'
import { serving, within } from '../caller/call-options.js'
import type { CallOptions, Stream } from '../contract/contract-types.js'
import { RemoteMembers } from './remote-members.js'

/** Lets what `go` asks for pass what waits until the other side is prepared: that may wait for the handler. */
export type Nested = <T>(go: () => T) => T

/** What a handler answers. */
interface HandlerRequest extends Served {
  readonly signal: AbortSignal
}

/** The other side as one handler sees it: what it calls there is cancelled with the handler. */
export class HandlerPeer extends RemoteMembers {
  readonly #remote: RemoteMembers
  readonly #request: HandlerRequest
  readonly #nested: Nested

  constructor(remote: RemoteMembers, request: HandlerRequest, nested: Nested) {
    super()
    this.#nested = nested
    this.#remote = remote
    this.#request = request
  }

  call(method: string, params?: unknown, options?: CallOptions<unknown>): Promise<unknown> {
    return this.#nested(() => this.#remote.call(method, params, this.#within(options)))
  }

  stream(method: string, params?: unknown, options?: CallOptions<unknown>): Stream<unknown, unknown> {
    return this.#nested(() => this.#remote.stream(method, params, this.#within(options)))
  }

  notify(name: string, params?: unknown): void {
    this.#nested(() => this.#remote.notify(name, params, this.#request))
  }

  get bufferedAmount(): number {
    return this.#remote.bufferedAmount
  }

  drained(): Promise<void> {
    return this.#remote.drained()
  }

  on(name: string, listener: (params: unknown) => unknown): () => void {
    return this.#remote.on(name, listener)
  }

  protected methodNames(): string[] {
    return Object.keys(this.#remote.methods)
  }

  /** Options that are none are for the call to reject. */
  #within(options: CallOptions<unknown> | undefined): CallOptions<unknown> {
    const given: unknown = options ?? {}
    if (typeof given !== 'object' || given === null || given instanceof AbortSignal) return given as object
    return { ...given, [within]: this.#request.signal, [serving]: this.#request } as object
  }
}
