import { inspect } from 'node:util'
import { defaultsOf, kinds, type OptionTable } from '@simple-ipc/worker'

import type { Contract, ContractSpec, Side } from '../contract/contract-spec.js'
import { plainContract } from '../contract/define-contract.js'
import { requireHandlers } from '../dispatch/bind-handlers.js'
import type { ViolationDetails } from '../errors/protocol-errors.js'
import type { ErrorOrigin } from '../errors/report-thrown.js'
import type { Meta } from '../protocol/carried.js'
import { defaultMaxMessageBytes, defaultMaxQueuedBytes } from '../transport/default-limits.js'
import { validateKind, type Validate } from './incoming-checks.js'
import type { Trace } from './trace.js'

/** Answers requests that the contract does not declare. Throw an `RpcError` with a number to answer with that code. */
export type Fallback = (method: string, params: unknown, context: { readonly signal: AbortSignal }) => unknown

/** Options of a connection, whichever way it was made. */
export interface PeerOptions {
  /**
   * Check every value that is sent or received. `'report'` accepts what does not fit from the other side, and tells
   * `onProtocolError`; `{ params, results, methods }` say so of its calls, of its answers, and of single methods, each true,
   * `'report'` or false. Default: true.
   */
  validate?: Validate | undefined
  /**
   * Ask the other side for its contract before the first call; never done if the contract is `foreign`. Default: true for
   * a host, false for a child.
   */
  verify?: boolean | undefined
  /** How long the first answer may take after the start, in milliseconds. Default: no limit. */
  startTimeout?: number | undefined
  /** Accept messages without `"jsonrpc": "2.0"`. Default: whether the contract is `foreign`. */
  lenient?: boolean | undefined
  /**
   * For stepping through code: timeouts never expire, and errors that handlers answer with have their stack. Default:
   * whether the environment has `SIMPLE_IPC_DEBUG=1`.
   */
  debug?: boolean | undefined
  /** The largest message, in bytes. Default: 64 MiB. */
  maxMessageBytes?: number | undefined
  /**
   * How much may wait for the other side to read it, and how much of a stream may be unread here, in bytes. When that much
   * waits, further calls and notifications fail with `QUEUE_FULL`, and a side that still goes on asking is given up: a
   * client stops its program, a connection is closed, a child reads no more until its host does. Default: 64 MiB.
   */
  maxQueuedBytes?: number | undefined
  /**
   * What calls and notifications tell of their caller, as tracers do: asked at each, returns strings, at most 8 KiB. Never sent to
   * foreign programs.
   */
  meta?: (() => Readonly<Record<string, string>>) | undefined
  /** Answers requests that the contract does not declare. Default: they are answered with MethodNotFound. */
  fallback?: Fallback | undefined
  /** Called with notifications that the contract does not declare. Default: they are ignored. */
  onUnknownNotification?: ((method: string, params: unknown) => void) | undefined
  /** Called with each line that is not a message. */
  onLine?: ((line: string) => void) | undefined
  /**
   * Called with each protocol violation of the other side, in one sentence; where a value does not fit the contract, also
   * with `{ method, value }`. Default: such values, and lines that are almost messages, are written to stderr, the first of
   * each method and kind.
   */
  onProtocolError?: ((message: string, details?: ViolationDetails) => void) | undefined
  /**
   * Called with what your handlers, listeners and callbacks throw, and with `{ kind, name }` of which it was; not with
   * errors that a method declares. Default: it is written to stderr.
   */
  onError?: ((error: unknown, origin?: ErrorOrigin) => void) | undefined
  /** Called with every message and its timing. */
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

export const peerOptionTable = {
  validate: { kind: validateKind, default: true },
  verify: { kind: kinds.boolean, otherwise: 'true for a host, false for a child' },
  startTimeout: { kind: kinds.duration, otherwise: 'no limit' },
  lenient: { kind: kinds.boolean, otherwise: 'whether the contract is `foreign`' },
  debug: { kind: kinds.boolean, otherwise: 'whether the environment has `SIMPLE_IPC_DEBUG=1`' },
  maxMessageBytes: { kind: kinds.bytes, default: defaultMaxMessageBytes },
  maxQueuedBytes: { kind: kinds.bytes, default: defaultMaxQueuedBytes },
  meta: { kind: kinds.callback<() => Meta>() },
  fallback: { kind: kinds.callback<Fallback>(), otherwise: 'they are answered with MethodNotFound' },
  onUnknownNotification: {
    kind: kinds.callback<(method: string, params: unknown) => void>(),
    otherwise: 'they are ignored',
  },
  onLine: { kind: kinds.callback<(line: string) => void>() },
  onProtocolError: {
    kind: kinds.callback<(message: string, details?: ViolationDetails) => void>(),
    otherwise:
      'such values, and lines that are almost messages, are written to stderr, the first of each method and kind',
  },
  onError: {
    kind: kinds.callback<(error: unknown, origin?: ErrorOrigin) => void>(),
    otherwise: 'it is written to stderr',
  },
  trace: { kind: kinds.callback<Trace>() },
} satisfies OptionTable<PeerOptions>

const defaults = defaultsOf(peerOptionTable)

/** Do timeouts never expire? */
export const isDebugged = ({ debug }: PeerOptions): boolean =>
  debug ?? process.env['SIMPLE_IPC_DEBUG'] === '1'

/** @param options as their surface has checked them */
export function peerSettings<S extends ContractSpec>(
  contract: Contract<S>,
  side: Side,
  handlers: object | undefined,
  options: PeerOptions,
): PeerSettings {
  // Throws if it is not a contract.
  plainContract(contract)
  const given: unknown = handlers
  if (given !== undefined && (typeof given !== 'object' || given === null))
    throw new TypeError(`The handlers are ${inspect(given)}: pass an object with a function for each method`)
  const functions = (handlers ?? {}) as Readonly<Record<string, unknown>>
  if (side === 'host' && options.fallback === undefined) requireHandlers(contract, functions)
  return {
    contract,
    side,
    handlers: functions,
    validate: options.validate !== false,
    verify: (options.verify ?? side === 'host') && contract.spec.foreign === undefined,
    startTimeout: options.startTimeout,
    lenient: options.lenient ?? contract.spec.foreign !== undefined,
    debug: isDebugged(options),
    maxMessageBytes: options.maxMessageBytes ?? defaults.maxMessageBytes,
    maxQueuedBytes: options.maxQueuedBytes ?? defaults.maxQueuedBytes,
    options,
  }
}
