import type { CallOptions, Stream } from '../contract/contract-types.js'

/** The other side by the names of the contract; its caller knows the types. */
export interface UntypedRemote {
  call(method: string, params?: unknown, options?: CallOptions): Promise<unknown>
  stream(method: string, params?: unknown, options?: CallOptions): Stream<unknown, unknown>
  notify(name: string, params?: unknown): void
  readonly bufferedAmount: number
  drained(): Promise<void>
  on(name: string, listener: (params: never) => void): () => void
}

/** The other side, as generated code shows it: a method for each of the contract's, over this. */
export abstract class TypedRemote {
  protected readonly remote: UntypedRemote

  constructor(remote: UntypedRemote) {
    this.remote = remote
  }

  /** How many bytes of calls, notifications and answers wait for the other side to read them. */
  get bufferedAmount(): number {
    return this.remote.bufferedAmount
  }

  /** Resolves when the pipe to the other side has taken all of it, or there is no other side any more. Never rejects. */
  drained(): Promise<void> {
    return this.remote.drained()
  }
}
