import { rejection } from '@simple-ipc/worker'

import type { CallOptions, Stream } from '../contract/contract-types.js'
import type { RpcError } from '../errors/rpc-error.js'
import type { Peer } from '../peer/peer.js'
import { RemoteMembers } from '../peer/remote-members.js'

/**
 * The child of one run, as `onStart` gets it: what it asks for is sent before the calls that wait. It is that run's
 * alone: when the run is over its calls fail, and its listeners hear nothing more.
 */
export class StartingChild extends RemoteMembers {
  readonly #peer: Peer
  readonly #offs = new Set<() => void>()
  #why: ((method: string) => RpcError) | undefined

  constructor(peer: Peer) {
    super()
    this.#peer = peer
  }

  call(method: string, params?: unknown, options?: CallOptions<unknown>): Promise<unknown> {
    if (this.#why !== undefined) return rejection(this.#why(method))
    return this.#peer.calls.past(() => this.#peer.calls.call(method, params, options))
  }

  stream(method: string, params?: unknown, options?: CallOptions<unknown>): Stream<unknown, unknown> {
    if (this.#why !== undefined) throw this.#why(method)
    return this.#peer.calls.past(() => this.#peer.calls.stream(method, params, options))
  }

  notify(name: string, params?: unknown): void {
    if (this.#why === undefined) this.#peer.calls.past(() => this.#peer.calls.notify(name, params))
  }

  get bufferedAmount(): number {
    return this.#peer.calls.bufferedAmount
  }

  drained(): Promise<void> {
    return this.#peer.calls.drained()
  }

  on(name: string, listener: (params: unknown) => unknown): () => void {
    const end = this.#peer.on(name, listener)
    const off = (): void => {
      this.#offs.delete(off)
      end()
    }
    this.#offs.add(off)
    if (this.#why !== undefined) off()
    return off
  }

  /** The run is over. */
  over(why: (method: string) => RpcError): void {
    this.#why ??= why
    for (const off of [...this.#offs]) off()
  }

  protected methodNames(): string[] {
    return this.#peer.calls.methodNames()
  }
}
