import { placeOf, type Fault } from './issues.js'
import { withoutFrames } from './without-frames.js'
import { unfitProgress } from './protocol-errors.js'

// Errors thrown to a handler whose own values do not fit the contract.

/** @param instead what was there */
export const ownProgressUnfit = (method: string, issue: Fault, instead: string): TypeError =>
  new TypeError(`${unfitProgress(method, issue)}${instead}`)

export const ownProgressTooLarge = (method: string, bytes: number, limit: number): RangeError =>
  new RangeError(
    `A progress report of ${method} was not sent: its message has ${bytes} bytes, the limit is ${limit} (maxMessageBytes)`,
  )

export const ownResultTooLarge = (method: string, bytes: number, limit: number): RangeError =>
  withoutFrames(
    () =>
      new RangeError(
        `The result of ${method} was not sent: its message has ${bytes} bytes, the limit is ${limit} (maxMessageBytes)`,
      ),
  )

export const undeclaredError = (method: string, name: string, known: readonly string[]): TypeError =>
  new TypeError(
    `${method} declares no error '${name}' (available: ${known.length === 0 ? 'none' : known.join(', ')})`,
  )

export const ownErrorUnfit = (method: string, name: string, issue: Fault, instead: string): TypeError =>
  new TypeError(
    `The data of ${method}'s error '${name}' does not fit the contract: ${placeOf('data', issue)}${instead}`,
  )

/** Told to people: the caller is told in the protocol's words. The handler has ended, and no frame says where. */
export const ownResultUnfit = (method: string, issue: Fault, instead: string): TypeError =>
  withoutFrames(
    () =>
      new TypeError(
        `The result of ${method} does not fit the contract: ${placeOf('result', issue)}${instead}`,
      ),
  )

/** @param missing names of methods that the host must answer */
export const handlersMissing = (contract: string, missing: readonly string[]): TypeError =>
  new TypeError(
    `The host has no handler for ${missing.map(name => `'${name}'`).join(', ')}, which the contract '${contract}' lets the child call: pass { host: { ${missing.join(', ')} } }`,
  )
