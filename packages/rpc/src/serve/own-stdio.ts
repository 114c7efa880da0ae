import { servedTwice } from '../errors/serve-errors.js'
import { guardDescriptors } from './guard-descriptors.js'
import { ownStdin } from './own-stdin.js'
import { ownStdout, type OwnStdout } from './own-stdout.js'

/** Which contract has this program's stdin and stdout. On `process`, since two copies of this package may be loaded. */
const owner = Symbol.for('@simple-ipc/rpc: the contract that is served')

/** Takes this program's stdin and stdout for the protocol of one contract. Throws if another one has them. */
export function ownStdio(contract: string): { stdin: NodeJS.ReadableStream; stdout: OwnStdout } {
  const place = process as unknown as Record<symbol, string | undefined>
  const first = place[owner]
  if (first !== undefined) throw servedTwice(first, contract)
  Object.defineProperty(process, owner, { value: contract })
  guardDescriptors()
  return { stdin: ownStdin(), stdout: ownStdout() }
}
