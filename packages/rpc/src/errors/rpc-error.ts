import { ErrorCode } from './error-code.js'

/** More about an error than its code, message and data. */
export interface RpcErrorOptions {
  /** The method whose call failed. */
  method?: string | undefined
  /** The name under which the contract declares this error. */
  errorName?: string | undefined
  cause?: unknown
}

/**
 * Every error of this package. One that came over the wire carries a number as its `code` (see {@link ErrorCode}, or the
 * contract's own), one that arose on this side a string (`LocalErrorCode`).
 */
export class RpcError<Code extends number | string = number | string, Data = unknown> extends Error {
  readonly code: Code
  readonly data: Data
  /** The method whose call failed, where there is one. */
  declare readonly method?: string
  /** The name under which the contract declares this error, where it does. */
  declare readonly errorName?: string

  constructor(code: Code, message: string, data?: Data, options: RpcErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.data = data as Data
    // Only what is present is shown when the error is printed.
    if (data === undefined) hide(this, 'data')
    if (options.method !== undefined) this.method = options.method
    if (options.errorName !== undefined) this.errorName = options.errorName
  }
}
Object.defineProperty(RpcError.prototype, 'name', { value: 'RpcError', configurable: true, writable: true })

/** A class that generated code has for an error of the contract, whose data fit. */
export type ErrorClass = new (data: never, message: string) => RpcError

/** Leaves a member out when the error is printed. */
export const hide = (error: RpcError, key: string): void => {
  Object.defineProperty(error, key, { enumerable: false })
}

/** The message of whatever was thrown. */
export function textOf(thrown: unknown): string {
  try {
    // Its message may be anything.
    const { message }: { message?: unknown } = thrown instanceof Error ? thrown : {}
    if (thrown instanceof Error) return String(message)
    const text = String(thrown)
    return thrown === null || thrown === undefined ? `${text} was thrown` : text
  } catch {
    return 'a value that cannot be converted to a string was thrown'
  }
}

/** Is it an error? Also for what cannot be examined, such as a revoked proxy. */
export function isError(thrown: unknown): thrown is Error {
  try {
    return thrown instanceof Error
  } catch {
    return false
  }
}

/** Is this an error whose `code` may travel: ours with a number, or vscode-jsonrpc's ResponseError? */
export function hasWireCode(thrown: unknown): thrown is Error & { code: number; data?: unknown } {
  if (!isError(thrown) || !('code' in thrown) || !Number.isSafeInteger(thrown.code)) return false
  return thrown instanceof RpcError || ('toJson' in thrown && typeof thrown.toJson === 'function')
}

/** Did the call fail because it was cancelled, on either side? */
export const isCancelled = (error: unknown): boolean =>
  error instanceof RpcError && (error.code === 'CANCELLED' || error.code === ErrorCode.RequestCancelled)
