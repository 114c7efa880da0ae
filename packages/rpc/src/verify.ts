import type { Caller } from './caller.js'
import type { Contract } from './contract-spec.js'
import type { Link } from './link.js'
import { reservedMember } from './reserved-member.js'
import { RpcError } from './rpc-error.js'

/** How long nothing is said about an answer that does not come, in milliseconds. */
const patience = 5_000

/**
 * Asks the other side for its contract. Resolves with the differences that forbid to go on, in words, or undefined. A side
 * that does not know the question is taken as it is.
 */
export async function verifyContract(
  calls: Caller,
  link: Link,
  contract: Contract,
): Promise<readonly string[] | undefined> {
  const timer = setTimeout(() => {
    console.error(
      `simple-ipc: still waiting for the other side of ‘${contract.name}’ to say which contract it has (rpc.contract). ` +
        'Pass verify: false for a program that does not answer unknown requests.',
    )
  }, patience).unref()
  try {
    const theirs = (await calls.ask(link, reservedMember('rpc.contract'))) as { hash?: unknown } | null
    if (typeof theirs?.hash !== 'string' || theirs.hash === contract.hash) return undefined
    return [`theirs has the hash ${theirs.hash}, ours ${contract.hash}`]
  } catch (error) {
    if (error instanceof RpcError) return undefined
    throw error
  } finally {
    clearTimeout(timer)
  }
}
