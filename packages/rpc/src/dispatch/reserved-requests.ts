import manifest from '../../package.json' with { type: 'json' }
import type { Contract } from '../contract/contract-spec.js'
import { discover } from '../openrpc/write-openrpc.js'

/** What every peer answers, whatever its contract (protocol, section 4). */
export function reservedRequests(contract: Contract): ReadonlyMap<string, () => unknown> {
  return new Map<string, () => unknown>([
    ['rpc.discover', () => discover(contract)],
    ['rpc.ping', () => null],
    [
      'rpc.contract',
      () => ({
        protocol: 1,
        name: contract.name,
        version: contract.version,
        hash: contract.hash,
        runtime: `node/${manifest.version}`,
      }),
    ],
  ])
}
