import { ErrorCode } from './error-code.js'
import { isError } from './thrown.js'

/** More about an error than its code, message and data. */
export interface RpcErrorOptions {
  /** The method whose call failed. */
  method?: string | undefined
  /** The name under which the contract declares this error. */
  errorName?: string | undefined
  cause?: unknown
  /** Default: the first line of the message. */
  shortMessage?: string | undefined
  /** What did not fit. */
  value?: unknown
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
  /** Of INVALID_RESULT and INVALID_ITEM: the whole value that the other side sent. Not printed with the error. */
  declare readonly value?: unknown
  readonly #shortMessage: string | undefined

  constructor(code: Code, message: string, data?: Data, options: RpcErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.data = data as Data
    this.#shortMessage = options.shortMessage
    // Only what is present is shown when the error is printed.
    if (data === undefined) hide(this, 'data')
    if (options.method !== undefined) this.method = options.method
    if (options.errorName !== undefined) this.errorName = options.errorName
    if ('value' in options) Object.defineProperty(this, 'value', { value: options.value })
  }

  /**
   * The message in one line for people outside: without the command, paths, what the program wrote, or the text of a
   * failure in a handler. For an answer to a web request, say; the `message` is for those who run the program. Of an error
   * that the contract declares it is what the handler wrote.
   */
  get shortMessage(): string {
    return this.#shortMessage ?? this.message.split('\n', 1).join()
  }
}
Object.defineProperty(RpcError.prototype, 'name', { value: 'RpcError', configurable: true, writable: true })

/** A class that generated code has for an error of the contract, whose data fit. */
export type ErrorClass = new (data: never, message: string) => RpcError

/** Leaves a member out when the error is printed. */
export const hide = (error: RpcError, key: string): void => {
  Object.defineProperty(error, key, { enumerable: false })
}

/** Is this an error whose `code` may travel: ours with a number, or vscode-jsonrpc's ResponseError? */
export function hasWireCode(thrown: unknown): thrown is Error & { code: number; data?: unknown } {
  if (!isError(thrown)) return false
  try {
    if (!('code' in thrown) || !Number.isSafeInteger(thrown.code)) return false
    return thrown instanceof RpcError || ('toJson' in thrown && typeof thrown.toJson === 'function')
  } catch {
    return false
  }
}

/** Did the call fail because it was cancelled, on either side? */
export const isCancelled = (error: unknown): boolean =>
  error instanceof RpcError && (error.code === 'CANCELLED' || error.code === ErrorCode.RequestCancelled)
