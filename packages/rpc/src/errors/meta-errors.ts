import { unsent } from './local-errors.js'
import type { RpcError } from './rpc-error.js'

/** @param fault what is wrong, after the name of the method */
export const unusableMeta = (method: string, fault: string, cause?: unknown): RpcError =>
  unsent('INVALID_PARAMS', method, fault, { cause, shortly: 'its meta cannot be sent' })

export const metaTooLarge = (method: string, bytes: number, limit: number): RpcError =>
  unsent(
    'MESSAGE_TOO_LARGE',
    method,
    `its meta has ${bytes} bytes as JSON, and ${limit} are allowed: meta is for what tracers and logs need, send anything else as params`,
    { shortly: 'its meta is too large' },
  )
