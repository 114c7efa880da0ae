import type { Caller } from '../caller/caller.js'
import { reservedMember } from './reserved-member.js'

const member = reservedMember('rpc.ping')

/** Asks for `rpc.ping` and resolves with the milliseconds that the answer took. Rejects like any call. */
export async function ping(
  calls: Caller,
  options: { timeout?: number; signal?: AbortSignal },
): Promise<number> {
  const at = performance.now()
  await calls.request(member, calls.ownParams, options)
  return performance.now() - at
}
