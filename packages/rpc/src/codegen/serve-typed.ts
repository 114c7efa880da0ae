import type { Contract, ContractSpec } from '../contract/contract-spec.js'
import { serve, type ServeOptions } from '../serve/serve.js'
import type { UntypedRemote } from './typed-remote.js'
import { untypedHandlers, type HandlerNames } from './untyped-handlers.js'

/** `serve` for generated code; `Host` is the class through which its user calls the host. */
export function serveTyped<H>(
  contract: Contract,
  Host: new (remote: UntypedRemote) => H,
  handlers: object,
  names: HandlerNames,
  options: ServeOptions | undefined,
): H {
  const untyped = untypedHandlers(contract, 'child', handlers, names, remote => new Host(remote))
  const remote: unknown = serve<ContractSpec>(contract, untyped, options)
  return new Host(remote as UntypedRemote)
}
