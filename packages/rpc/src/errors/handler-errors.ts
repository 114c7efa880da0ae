import type { Fault } from './issues.js'
import { unfitProgress } from './protocol-errors.js'

// Errors thrown to a handler whose own values do not fit the contract.

export const ownProgressUnfit = (method: string, issue: Fault): TypeError =>
  new TypeError(unfitProgress(method, issue))

export const ownProgressTooLarge = (method: string, bytes: number, limit: number): RangeError =>
  new RangeError(
    `A progress report of ${method} was not sent: its message has ${bytes} bytes, the limit is ${limit} (maxMessageBytes)`,
  )

export const undeclaredError = (method: string, name: string, known: readonly string[]): TypeError =>
  new TypeError(
    `${method} declares no error '${name}' (available: ${known.length === 0 ? 'none' : known.join(', ')})`,
  )

export const ownErrorUnfit = (name: string, issue: Fault): TypeError =>
  new TypeError(
    `The data of the error '${name}' does not fit the contract: data${issue.path} ${issue.message}`,
  )
