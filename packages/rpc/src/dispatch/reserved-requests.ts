import manifest from '../../package.json' with { type: 'json' }
import type { Contract } from '../contract/contract-spec.js'
import { discover } from '../openrpc/write-openrpc.js'

/** The version of the protocol that is spoken here. */
export const protocol = 2

/** What every peer answers, whatever its contract (protocol, section 4). */
export function reservedRequests(contract: Contract): ReadonlyMap<string, () => unknown> {
  return new Map<string, () => unknown>([
    ['rpc.discover', () => discover(contract)],
    ['rpc.ping', () => null],
    [
      'rpc.contract',
      () => ({
        protocol,
        name: contract.name,
        version: contract.version,
        hash: contract.hash,
        runtime: `node/${manifest.version}`,
      }),
    ],
  ])
}
