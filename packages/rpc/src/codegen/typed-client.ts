import type { Command, Worker } from '@simple-ipc/worker'

import type { ClientLife, ClientOptions, StopOptions } from '../client/client-options.js'
import { Client } from '../client/client.js'
import type { Contract, ContractSpec } from '../contract/contract-spec.js'
import type { UntypedRemote } from './typed-remote.js'
import { untypedHandlers, type HandlerNames } from './untyped-handlers.js'

const life = Symbol('life')

/** What a generated client is made of: the program it starts, and the contract's methods over `remote`. */
export abstract class TypedClient implements ClientLife {
  protected readonly remote: UntypedRemote
  /** Not private: what handlers get as `peer`, and `onStart` as its child, inherits it. */
  readonly [life]: ClientLife

  constructor(
    contract: Contract,
    command: Command,
    { host, onStart, onStop, ...options }: ClientOptions<never> & { readonly host?: object | undefined } = {},
    names: HandlerNames = {},
  ) {
    const handlers = untypedHandlers(contract, 'host', host ?? {}, names, remote => this.#over(remote))
    const client = new Client<ContractSpec>(contract, command, {
      ...options,
      host: handlers,
      onStart: onStart && (child => onStart(this.#over(child) as never)),
      onStop: onStop && (child => onStop(this.#over(child) as never)),
    })
    this[life] = client
    this.remote = client
  }

  /** The same client with its calls over another remote. */
  #over(remote: UntypedRemote): this {
    return Object.create(this, { remote: { value: remote } }) as this
  }

  get worker(): Worker {
    return this[life].worker
  }

  get running(): boolean {
    return this[life].running
  }

  get pid(): number | undefined {
    return this[life].pid
  }

  /** How many bytes of calls, notifications and answers wait for the program to read them, or for its start. */
  get bufferedAmount(): number {
    return this.remote.bufferedAmount
  }

  /** Resolves when the pipe to the program has taken all of it, or it has ended. Never rejects. */
  drained(): Promise<void> {
    return this.remote.drained()
  }

  start(): Promise<void> {
    return this[life].start()
  }

  stop(options?: StopOptions): Promise<void> {
    return this[life].stop(options)
  }

  ping(options?: { timeout?: number; signal?: AbortSignal }): Promise<number> {
    return this[life].ping(options)
  }

  ref(): void {
    this[life].ref()
  }

  unref(): void {
    this[life].unref()
  }

  [Symbol.dispose](): void {
    this[life][Symbol.dispose]()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this[life][Symbol.asyncDispose]()
  }
}
