import type { Command } from '@simple-ipc/worker'

import type { Contract, ContractSpec } from '../contract/contract-spec.js'
import type { CommandAlone, HostHandlers, OptionsWithHost, RemoteChild } from '../contract/contract-types.js'
import { ChildClient } from './child-client.js'
import type { ClientLife, ClientOptions } from './client-options.js'

/** A child program whose methods can be called. */
export type Client<S extends ContractSpec> = RemoteChild<S> & ClientLife

/**
 * Starts a program and talks to it over its stdin and stdout as the contract says.
 *
 * `new Client(contract, ['python3', 'profiler.py'], { host: { … } })`: `host` has a handler for each method that the
 * contract lets the child call. Throws a TypeError for wrong arguments, and never for a program that cannot be started:
 * its calls reject with `WORKER_EXITED`.
 */
export const Client = ChildClient as unknown as {
  // Also what the compiler reports on when `host` is missing: no other takes two arguments.
  new <S extends ContractSpec>(
    contract: Contract<S>,
    command: CommandAlone<Command, HostHandlers<S>>,
  ): Client<S>
  new <S extends ContractSpec>(
    contract: Contract<S>,
    command: Command,
    ...optionsWithHost: OptionsWithHost<ClientOptions<RemoteChild<S>>, HostHandlers<S>, S>
  ): Client<S>
}
