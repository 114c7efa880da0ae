import { within } from '../caller/call-options.js'
import type { CallOptions, Stream } from '../contract/contract-types.js'
import { RemoteMembers } from './remote-members.js'

/** The other side as one handler sees it: what it calls there is cancelled with the handler. */
export class HandlerPeer extends RemoteMembers {
  readonly #remote: RemoteMembers
  readonly #request: { readonly signal: AbortSignal }

  constructor(remote: RemoteMembers, request: { readonly signal: AbortSignal }) {
    super()
    this.#remote = remote
    this.#request = request
  }

  call(method: string, params?: unknown, options?: CallOptions<unknown>): Promise<unknown> {
    return this.#remote.call(method, params, this.#within(options))
  }

  stream(method: string, params?: unknown, options?: CallOptions<unknown>): Stream<unknown, unknown> {
    return this.#remote.stream(method, params, this.#within(options))
  }

  notify(name: string, params?: unknown): void {
    this.#remote.notify(name, params)
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
    return { ...given, [within]: this.#request.signal } as object
  }
}
