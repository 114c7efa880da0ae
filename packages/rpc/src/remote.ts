import type { CallOptions, Stream } from './contract-types.js'
import type { Peer } from './peer.js'
import { RpcError, unknownMember } from './rpc-error.js'

type Method = (params?: unknown, options?: CallOptions<unknown>) => Promise<unknown>

/** The other side, as its user sees it. The contract gives these methods their types. */
export abstract class RemotePeer {
  protected abstract readonly peer: Peer
  #methods: Readonly<Record<string, Method>> | undefined

  call(method: string, params?: unknown, options?: CallOptions<unknown>): Promise<unknown> {
    return this.peer.calls.call(method, params, options)
  }

  stream(method: string, params?: unknown, options?: CallOptions<unknown>): Stream<unknown, unknown> {
    return this.peer.calls.stream(method, params, options)
  }

  notify(name: string, params?: unknown): void {
    const { calls } = this.peer
    const member = calls.member(name)
    if (member?.kind !== 'notification')
      throw unknownMember(name, 'notification', calls.names('notification'))
    calls.notify(member, params)
  }

  on(name: string, listener: (params: unknown) => unknown): () => void {
    return this.peer.listeners.add(name, listener)
  }

  get methods(): Readonly<Record<string, Method>> {
    if (this.#methods === undefined) {
      const methods = Object.create(null) as Record<string, Method>
      for (const name of this.peer.calls.names('method'))
        methods[name] = (params, options) => this.call(name, params, options)
      this.#methods = Object.freeze(methods)
    }
    return this.#methods
  }

  isError(error: unknown, method: string, name: string): boolean {
    return error instanceof RpcError && error.method === method && error.errorName === name
  }
}
