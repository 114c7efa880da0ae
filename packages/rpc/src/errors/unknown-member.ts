import { inspect } from 'node:util'

import { RpcError } from './rpc-error.js'

/** It arises in the call itself, which its frames show. */
export function unknownMember(name: unknown, kind: string, known: readonly string[]): RpcError {
  // In JavaScript the name may be anything.
  const subject = `The contract has no ${kind} ${typeof name === 'string' ? `'${name}'` : inspect(name)} on the other side`
  const available = known.length === 0 ? 'none' : known.join(', ')
  return new RpcError('UNKNOWN_MEMBER', `${subject} (available: ${available})`, undefined, {
    shortMessage: subject,
  })
}
