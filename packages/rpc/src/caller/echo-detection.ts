import { randomBytes } from 'node:crypto'

import { noSuchMethod } from '../errors/protocol-errors.js'
import type { JsonParts } from '../json/json-parts.js'
import { toJson } from '../json/to-json.js'
import type { PendingCall } from './pending-calls.js'

/** Who here would answer a request that the contract does not declare. */
export type AnsweredBy = 'protocol' | 'fallback' | 'nobody'

/** Params that are kept for the comparison, in characters: what is larger is not held in memory for it. */
const longestKept = 4096

/**
 * Finds out whether a request is one of our own that a program sent back. Its id and its method do not tell, where the
 * other side may ask for the same thing: both sides count from 1, both may verify, and MCP's `ping` goes both ways.
 */
export class EchoDetection {
  /** In the params of our requests for `rpc.…`: nobody else writes it. */
  readonly mark = randomBytes(8).toString('hex')
  private readonly foreign: boolean
  private readonly keepsParams: boolean
  /** Requests of the same id and method were refused here while these calls were open. */
  private readonly refused = new WeakSet<PendingCall>()

  /**
   * @param foreign the other side is not bound to the contract
   * @param fallback requests that the contract does not declare are answered here
   */
  constructor({ foreign, fallback }: { foreign: boolean; fallback: boolean }) {
    this.foreign = foreign
    this.keepsParams = fallback
  }

  /** A call is being sent. */
  sent(call: PendingCall, params: string | JsonParts | undefined): void {
    if (this.keepsParams && typeof params === 'string' && params.length <= longestKept)
      call.sentParams = params
  }

  /** Is a request with the id and the method of this open call the call's own? */
  isEcho(call: PendingCall, params: unknown, by: AnsweredBy): boolean {
    if (by === 'protocol') return hasMembers(params) && 'mark' in params && params.mark === this.mark
    if (by === 'fallback') return hasMembers(params) && call.sentParams === toJson(params)
    if (!this.foreign || hasMembers(params)) return true
    this.refused.add(call)
    return false
  }

  /** Is the error that answers a call the one with which its own request was refused here? */
  isOwnRefusal(call: PendingCall, error: unknown): boolean {
    return this.refused.has(call) && toJson(error) === toJson(noSuchMethod(call.member.name))
  }
}

const hasMembers = (params: unknown): params is object =>
  typeof params === 'object' && params !== null && Object.keys(params).length > 0
