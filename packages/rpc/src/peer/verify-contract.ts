import type { Caller } from '../caller/caller.js'
import { compareContracts, type Difference } from '../compare/compare-contracts.js'
import type { Contract } from '../contract/contract-spec.js'
import { protocol } from '../dispatch/reserved-requests.js'
import { contractMismatch, protocolMismatch } from '../errors/contract-mismatch.js'
import { cameBack } from '../errors/local-errors.js'
import { RpcError } from '../errors/rpc-error.js'
import type { OpenRpcDocument } from '../openrpc/openrpc-document.js'
import { fromOpenRpc } from '../openrpc/read-openrpc.js'
import { reservedMember } from './reserved-member.js'

/** How long to wait before warning that no answer has come, in milliseconds. */
const patience = 5_000

/**
 * Asks the other side for its contract. Resolves with what makes the error that ends the session, or undefined. A side that does not
 * know the question is accepted as it is; one that sends it back is no other side.
 */
export async function verifyContract(
  calls: Caller,
  contract: Contract,
  side: 'host' | 'child',
  report: () => string | undefined,
): Promise<((method: string) => RpcError) | undefined> {
  const timer = setTimeout(() => {
    const known = report()
    console.error(
      `simple-ipc: still waiting for the other side of '${contract.name}' to say which contract it has (rpc.contract). ` +
        'Pass verify: false for a program that does not answer unknown requests.' +
        (known === undefined ? '' : `\n${known}`),
    )
  }, patience).unref()
  try {
    const theirs = (await calls.ask(reservedMember('rpc.contract'))) as {
      protocol?: unknown
      name?: unknown
      version?: unknown
      hash?: unknown
    } | null
    if (theirs?.protocol !== undefined && theirs.protocol !== protocol)
      return () => protocolMismatch(protocol, theirs.protocol)
    if (typeof theirs?.hash !== 'string' || theirs.hash === contract.hash) return undefined
    const document = await calls.ask(reservedMember('rpc.discover'))
    const breaking = differencesFrom(contract, document as OpenRpcDocument, side).filter(one => one.breaking)
    return breaking.length === 0
      ? undefined
      : () => contractMismatch(contract, { name: theirs.name, version: theirs.version }, breaking)
  } catch (error) {
    if (error instanceof RpcError) return calls.hasEcho ? cameBack : undefined
    throw error
  } finally {
    clearTimeout(timer)
  }
}

/** A document that cannot be understood differs as a whole. */
function differencesFrom(
  contract: Contract,
  document: OpenRpcDocument,
  side: 'host' | 'child',
): Difference[] {
  try {
    const theirs = fromOpenRpc(document)
    return side === 'host' ? compareContracts(contract, theirs) : compareContracts(theirs, contract)
  } catch {
    // Whatever is wrong with it: a document nested too deeply overflows the stack.
    const message = 'the other side describes a contract that cannot be understood'
    return [{ side: side === 'host' ? 'child' : 'host', member: '', path: '', breaking: true, message }]
  }
}
