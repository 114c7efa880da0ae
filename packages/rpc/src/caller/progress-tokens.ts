import type { ProgressStyle } from '../contract/contract-spec.js'
import type { Id } from '../protocol/message.js'
import { tokenIn, withToken } from '../protocol/progress-token.js'
import type { PendingCall } from './pending-calls.js'

/** The calls of a foreign program that asked for reports, by the tokens under which these come. */
export class ProgressTokens {
  private readonly style: Exclude<ProgressStyle, 'none'>
  private readonly calls = new Map<unknown, PendingCall>()
  private given = 0

  constructor(style: Exclude<ProgressStyle, 'none'>) {
    this.style = style
  }

  get(token: unknown): PendingCall | undefined {
    return this.calls.get(token)
  }

  /** The params of a call, with a token if its method reports progress and someone waits for reports. */
  give(call: PendingCall, params: unknown): unknown {
    const { options, limits, member } = call
    if (options === undefined || limits === undefined || member.progress === undefined) return params
    if (options.onProgress === undefined && options.idleTimeout === undefined) return params
    const own = tokenIn(this.style, params)
    // Not a number alone: the other side makes tokens, too.
    const token: Id = own ?? `simple-ipc-${++this.given}`
    this.calls.set(token, call)
    limits.ended = () => this.calls.delete(token)
    return own === undefined ? withToken(this.style, params, token) : params
  }
}
