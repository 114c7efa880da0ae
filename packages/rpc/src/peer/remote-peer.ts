import type { Served } from '../caller/call-meta.js'
import type { CallOptions, Stream } from '../contract/contract-types.js'
import type { Peer } from './peer.js'
import { RemoteMembers } from './remote-members.js'

/** The other side of one conversation. */
export abstract class RemotePeer extends RemoteMembers {
  protected abstract readonly peer: Peer

  call(method: string, params?: unknown, options?: CallOptions<unknown>): Promise<unknown> {
    return this.peer.calls.call(method, params, options)
  }

  stream(method: string, params?: unknown, options?: CallOptions<unknown>): Stream<unknown, unknown> {
    return this.peer.calls.stream(method, params, options)
  }

  notify(name: string, params?: unknown, served?: Served): void {
    this.peer.calls.notify(name, params, served)
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
}
