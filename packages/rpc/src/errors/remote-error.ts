import { ErrorCode } from './error-code.js'
import { hide, RpcError, type ErrorClass, type RpcErrorOptions } from './rpc-error.js'
import { withoutFrames } from './without-frames.js'

/** An error that the other side answered with; one that the contract declares is of the class that was made for it. */
export function remoteError(
  code: number,
  message: string,
  data: unknown,
  options: RpcErrorOptions & { method: string },
  Made?: ErrorClass,
): RpcError {
  const { method, errorName } = options
  const stack = errorName === undefined ? remoteStack(data) : undefined
  const error = withoutFrames(() => {
    if (Made !== undefined) return new Made(data as never, message)
    const cause = stack === undefined ? undefined : new RemoteFailure(message, stack)
    const shortMessage = errorName === undefined ? shortText(code, method) : undefined
    return new RpcError(code, message, data, { ...options, cause, shortMessage })
  })
  // The message has the issues, and the cause the stack, more readably than an inspected object.
  if (errorName === undefined && isObject(data) && Object.keys(data).every(key => saidElsewhere.has(key)))
    hide(error, 'data')
  return error
}

const saidElsewhere = new Set(['issues', 'stack'])

/** What failed on the other side, which is in debug mode: printed, it is its stack. */
class RemoteFailure extends Error {
  constructor(message: string, stack: string) {
    super(message)
    Object.defineProperty(this, 'stack', { value: stack, configurable: true, writable: true })
  }
}
Object.defineProperty(RemoteFailure.prototype, 'name', {
  value: 'RemoteFailure',
  configurable: true,
  writable: true,
})

/** The stack that the other side sends in debug mode. */
function remoteStack(data: unknown): string | undefined {
  return isObject(data) && 'stack' in data && typeof data.stack === 'string' ? data.stack : undefined
}

const isObject = (data: unknown): data is object => typeof data === 'object' && data !== null

/** What people outside are told of an error that the contract does not declare: its message may say anything. */
function shortText(code: number, method: string): string {
  switch (code) {
    case ErrorCode.MethodNotFound:
      return `${method} does not exist on the other side`
    case ErrorCode.InvalidParams:
      return `${method} was called with invalid params`
    case ErrorCode.InternalError:
      return `${method} failed`
    case ErrorCode.RequestCancelled:
      return `${method} was cancelled`
    case ErrorCode.ShuttingDown:
      return `${method} was not answered: the other side is stopping`
    case ErrorCode.Busy:
      return `${method} was not answered: the other side is busy`
    default:
      return `${method} failed with code ${code}`
  }
}
