// For users
export { ErrorCode, type LocalErrorCode } from './error-code.js'
export { isCancelled, RpcError, type RpcErrorOptions } from './rpc-error.js'
