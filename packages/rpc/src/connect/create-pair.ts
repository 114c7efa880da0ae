import { checkOptions, kinds, type OptionTable } from '@simple-ipc/worker'

import type { Contract, ContractSpec } from '../contract/contract-spec.js'
import { plainContract } from '../contract/define-contract.js'
import type { ChildHandlers, HostHandlers, RemoteChild, RemoteHost } from '../contract/contract-types.js'
import { peerOptionTable, type PeerOptions } from '../peer/peer-options.js'
import { memoryTransports } from '../transport/memory.js'
import type { Transport } from '../transport/transport.js'
import { connect, type ConnectionLife } from './connect.js'

export interface PairOptions<S extends ContractSpec> extends PeerOptions {
  /** Handlers of what the child may call. */
  host?: HostHandlers<S> | undefined
  /** Two ends of a channel. Default: memory. */
  transports?: readonly [host: Transport, child: Transport] | undefined
}

export const pairOptionTable = {
  // Looked at where the contract is known.
  host: { kind: kinds.unchecked<object>() },
  transports: { kind: kinds.list<readonly [host: Transport, child: Transport]>(), otherwise: 'memory' },
  ...peerOptionTable,
} satisfies OptionTable<PairOptions<ContractSpec>>

/** Both ends of a conversation in this process, for unit tests of handlers and of code that calls them. */
export interface Pair<S extends ContractSpec> {
  /** The host's end: calls what the child implements. */
  readonly client: RemoteChild<S> & ConnectionLife
  /** The child's end: calls what the host implements. */
  readonly server: RemoteHost<S> & ConnectionLife
  close(): void
  [Symbol.dispose](): void
}

/** Connects a client and the handlers of a child in memory. Values pass as JSON, checked, as between two programs. */
export function createPair<S extends ContractSpec>(
  contract: Contract<S>,
  child: NoInfer<ChildHandlers<S>>,
  options: PairOptions<NoInfer<S>> = {},
): Pair<S> {
  checkOptions<PairOptions<ContractSpec>>(pairOptionTable, options, {
    name: 'createPair()',
  })
  const { host, transports, ...rest } = options
  const [here, there] = transports ?? memoryTransports()
  const server = connect(contract, there.reader, there.writer, { ...rest, side: 'child', handlers: child })
  const handlers = host ?? (unhandled(contract) as HostHandlers<S>)
  const client = connect(contract, here.reader, here.writer, { ...rest, side: 'host', handlers })
  const close = (): void => {
    client.close()
    server.close()
  }
  return { client, server, close, [Symbol.dispose]: close }
}

/** Handlers of a host that has none: what a test does not expect says what it needs. */
function unhandled(contract: Contract): Record<string, unknown> {
  const names = Object.keys(plainContract(contract).host.methods)
  return Object.fromEntries(
    names.map(name => [
      name,
      () => {
        throw new Error(
          `The child called '${name}', and createPair() has no handler for it: pass { host: { ${name} } }`,
        )
      },
    ]),
  )
}
