import { inspect } from 'node:util'

import type { Contract, ContractSpec, Side } from '../contract/contract-spec.js'
import { plainContract } from '../contract/define-contract.js'
import { defaultMaxMessageBytes, defaultMaxQueuedBytes } from '../transport/default-limits.js'
import type { Trace } from './trace.js'

/** Answers requests that the contract does not declare. Throw an `RpcError` with a number to answer with that code. */
export type Fallback = (method: string, params: unknown, context: { readonly signal: AbortSignal }) => unknown

/** What may be said about a connection, whichever way it was made. */
export interface PeerOptions {
  /** Check every value that comes and goes. Default: true. */
  validate?: boolean | undefined
  /**
   * Ask the other side for its contract before the first call. Default: true for a host, false for a child. Never asked
   * of programs whose contract is `foreign`.
   */
  verify?: boolean | undefined
  /** How long the first answer may take, in milliseconds, counted from the start. Default: for ever. */
  startTimeout?: number | undefined
  /** Bear messages without `"jsonrpc": "2.0"`. Default: false. */
  lenient?: boolean | undefined
  /**
   * For stepping through code: no timeout runs out, and errors that handlers answer with carry their stack. Default:
   * whether the environment has `SIMPLE_IPC_DEBUG=1`.
   */
  debug?: boolean | undefined
  /** The largest message, in bytes. Default: 64 MiB. */
  maxMessageBytes?: number | undefined
  /** How much of a stream may wait unread, in bytes. Default: 64 MiB. */
  maxQueuedBytes?: number | undefined
  /** Answers requests that nobody declared. Without it they are answered with MethodNotFound. */
  fallback?: Fallback | undefined
  /** Hears notifications that nobody declared. Without it they are ignored. */
  onUnknownNotification?: ((method: string, params: unknown) => void) | undefined
  /** Gets each line that is no message. */
  onLine?: ((line: string) => void) | undefined
  /** Hears what the other side should not have sent, one sentence each. */
  onProtocolError?: ((message: string) => void) | undefined
  /** Hears what a listener or callback of yours threw. Default: it is written to stderr. */
  onError?: ((error: unknown) => void) | undefined
  /** Sees every message with its timing. */
  trace?: Trace | undefined
}

/** The same, with every default filled in. */
export interface PeerSettings {
  contract: Contract
  side: Side
  handlers: Readonly<Record<string, unknown>>
  validate: boolean
  verify: boolean
  startTimeout: number | undefined
  lenient: boolean
  debug: boolean
  maxMessageBytes: number
  maxQueuedBytes: number
  options: PeerOptions
}

const names: readonly (keyof PeerOptions)[] = [
  'validate',
  'verify',
  'startTimeout',
  'lenient',
  'debug',
  'maxMessageBytes',
  'maxQueuedBytes',
  'fallback',
  'onUnknownNotification',
  'onLine',
  'onProtocolError',
  'onError',
  'trace',
]

/** Is this the name of an option of the connection (and not of the worker below it)? */
export const isPeerOption = (name: string): boolean => (names as readonly string[]).includes(name)

/** Do timeouts not run out? */
export const isDebugged = ({ debug }: PeerOptions): boolean =>
  debug ?? process.env['SIMPLE_IPC_DEBUG'] === '1'

export function peerSettings<S extends ContractSpec>(
  contract: Contract<S>,
  side: Side,
  handlers: object | undefined,
  options: PeerOptions,
): PeerSettings {
  // Says so if it is none.
  plainContract(contract)
  const given: unknown = handlers
  if (given !== undefined && (typeof given !== 'object' || given === null))
    throw new TypeError(`The handlers are ${inspect(given)}: pass an object with a function for each method`)
  for (const name of ['startTimeout', 'maxMessageBytes', 'maxQueuedBytes'] as const) {
    const value = options[name]
    if (value !== undefined && !(typeof value === 'number' && value > 0))
      throw new TypeError(
        `The option '${name}' is ${String(value)}: pass a number more than 0, or leave it out`,
      )
  }
  return {
    contract,
    side,
    handlers: (handlers ?? {}) as Readonly<Record<string, unknown>>,
    validate: options.validate ?? true,
    verify: (options.verify ?? side === 'host') && contract.spec.foreign === undefined,
    startTimeout: options.startTimeout,
    lenient: options.lenient ?? false,
    debug: isDebugged(options),
    maxMessageBytes: options.maxMessageBytes ?? defaultMaxMessageBytes,
    maxQueuedBytes: options.maxQueuedBytes ?? defaultMaxQueuedBytes,
    options,
  }
}
