import type { Served } from '../caller/call-meta.js'
import type { CallOptions, Stream } from '../contract/contract-types.js'
import { RpcError } from '../errors/rpc-error.js'

type Method = (params?: unknown, options?: CallOptions<unknown>) => Promise<unknown>

/** The other side's members, as their user sees them, wherever they are. The contract gives these methods their types. */
export abstract class RemoteMembers {
  #methods: Readonly<Record<string, Method>> | undefined

  abstract call(method: string, params?: unknown, options?: CallOptions<unknown>): Promise<unknown>
  abstract stream(method: string, params?: unknown, options?: CallOptions<unknown>): Stream<unknown, unknown>
  /** @param served the request in whose handler this is called */
  abstract notify(name: string, params?: unknown, served?: Served): void
  /** Bytes that wait for the other side to read them, or for a connection. */
  abstract get bufferedAmount(): number
  abstract drained(): Promise<void>
  abstract on(name: string, listener: (params: unknown) => unknown): () => void
  protected abstract methodNames(): string[]

  get methods(): Readonly<Record<string, Method>> {
    if (this.#methods === undefined) {
      const methods = Object.create(null) as Record<string, Method>
      for (const name of this.methodNames())
        // With `then`, `await` and async functions would take the object for a promise, and call it.
        if (name !== 'then') methods[name] = (params, options) => this.call(name, params, options)
      this.#methods = Object.freeze(methods)
    }
    return this.#methods
  }

  isError(error: unknown, method: string, name: string): boolean {
    return error instanceof RpcError && error.method === method && error.errorName === name
  }
}

/** Members of programs that were started here, and that stop at the end of a `using` block. */
export abstract class OwnedMembers extends RemoteMembers {
  abstract stop(): Promise<void>
  /** Called with errors that no promise reports. */
  protected abstract threw(error: unknown): void

  [Symbol.dispose](): void {
    this.stop().catch((error: unknown) => this.threw(error))
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop()
  }
}
