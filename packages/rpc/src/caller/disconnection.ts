import type { RpcError } from '../errors/rpc-error.js'

/**
 * What becomes of calls that were not sent when a session is over: they fail, and so do later ones; they wait for the next
 * session; or only those wait that were made after `hold()`, for the others were meant for this one.
 */
export type HeldCalls = 'fail' | 'keep' | 'keep-late'

/** How a session ends. */
export interface Disconnection {
  /** What calls in flight fail with. */
  error: (method: string) => RpcError
  /** What calls that were not sent fail with. Default: the same. */
  unsent?: (method: string) => RpcError
  /** Default: `fail`. */
  held?: HeldCalls
}
