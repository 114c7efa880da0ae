import { printable } from '@simple-ipc/worker'

import { toJson } from '../json/to-json.js'
import { hide, RpcError } from './rpc-error.js'
import { withoutFrames } from './without-frames.js'

/** Where the two sides' contracts differ, as an error tells it. */
interface MemberDifference {
  side: string
  member: string
  path: string
  message: string
}

/** A contract as an error names it; what the other side says of its own may be anything. */
interface NamedContract {
  name: unknown
  version: unknown
}

export function contractMismatch(
  ours: NamedContract,
  theirs: NamedContract | undefined,
  differences: readonly MemberDifference[],
): RpcError {
  const lines = differences.map(
    ({ side, member, path, message }) =>
      `  - ${printable(`${side} ${member}${path}: ${message}`, longestLine)}`,
  )
  const isOther = typeof theirs?.name === 'string' && theirs.name !== ours.name
  const message =
    `The other side's contract${shownContract(theirs)} does not match ours,${shownContract(ours)}:\n${lines.join('\n')}\n` +
    (isOther ? 'These are two contracts: check which generated file the other side loads. ' : '') +
    'Generate its code again from this contract, or pass verify: false to continue at your own risk'
  const shortMessage = `The other side's contract does not match ours,${shownContract(ours)}`
  const error = withoutFrames(
    () => new RpcError('CONTRACT_MISMATCH', message, { differences: [...differences] }, { shortMessage }),
  )
  // The message has it all.
  hide(error, 'data')
  return error
}

/** The other side speaks another version of the protocol; what it says of that may be anything. */
export function protocolMismatch(ours: number, theirs: unknown): RpcError {
  const message =
    `The other side speaks version ${toJson(theirs).slice(0, 100)} of the simple-ipc protocol, this side version ${ours}: ` +
    'generate the code of both with the same simple-ipc, and start them again'
  const shortMessage = 'The other side speaks another version of the protocol'
  return withoutFrames(
    () => new RpcError('CONTRACT_MISMATCH', message, { protocol: theirs }, { shortMessage }),
  )
}

/** A name and a version, each in one line. */
const shownContract = (contract: NamedContract | undefined): string =>
  typeof contract?.name === 'string'
    ? ` '${oneLine(contract.name)}'${typeof contract.version === 'string' ? ` ${oneLine(contract.version)}` : ''}`
    : ''

const oneLine = (text: string): string => printable(text.replace(/\s+/g, ' '), 200)

const longestLine = 1000
