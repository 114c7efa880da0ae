import type { Contract, Side } from '../contract/contract-spec.js'
import { plainContract } from '../contract/define-contract.js'
import { handlerNamed, requireHandlers } from '../dispatch/bind-handlers.js'
import type { UntypedRemote } from './typed-remote.js'

/** What a handler gets in addition to its params, as generated code shows it. */
export interface HandlerContext<Progress, Peer> {
  /** Aborted when the caller cancels, or when the other side is gone. */
  readonly signal: AbortSignal
  /** Reports progress to the caller. Reports may be merged when the reader is slow. */
  readonly progress: (value: Progress) => void
  /** The other side. */
  readonly peer: Peer
}

/** The names of handlers where they differ from the contract's. */
export type HandlerNames = Readonly<Record<string, string>>

type Handler = (...args: unknown[]) => unknown
type CallContext = HandlerContext<unknown, UntypedRemote>

/** The same context with the other side as its user knows it. What is in it is created only when used. */
class TypedContext implements HandlerContext<unknown, unknown> {
  readonly #running: CallContext
  readonly #peerOver: (remote: UntypedRemote) => unknown
  #peer: unknown

  constructor(running: CallContext, peerOver: (remote: UntypedRemote) => unknown) {
    this.#running = running
    this.#peerOver = peerOver
  }

  get peer(): unknown {
    return (this.#peer ??= this.#peerOver(this.#running.peer))
  }

  get signal(): AbortSignal {
    return this.#running.signal
  }

  get progress(): (value: unknown) => void {
    return this.#running.progress
  }
}

/**
 * The handlers that generated code asks its user for, as `serve` and `Client` take them: by the contract's names.
 *
 * @param peerOver shows a handler the other side, over the one that is cancelled with it
 */
export function untypedHandlers(
  contract: Contract,
  side: Side,
  handlers: object,
  names: HandlerNames,
  peerOver: (remote: UntypedRemote) => unknown,
): Record<string, Handler> {
  // Here, and not only where they are used: here they have the names that generated code gives them.
  if (side === 'host') requireHandlers(contract, handlers as Readonly<Record<string, unknown>>, names)
  const { methods, notifications } = plainContract(contract)[side]
  const found = (wire: string): Handler | undefined => {
    const name = Object.hasOwn(names, wire) ? (names[wire] ?? wire) : wire
    return handlerNamed(handlers as Readonly<Record<string, unknown>>, name)
  }
  const untyped: Record<string, Handler> = {}
  const add = (wire: string, handler: Handler): void => {
    // Not by assignment: a method may be called __proto__.
    Object.defineProperty(untyped, wire, { value: handler, enumerable: true })
  }
  for (const [wire, { params }] of Object.entries(methods)) {
    const handler = found(wire)
    if (handler === undefined) continue
    add(
      wire,
      params === undefined
        ? (_, running) => handler(new TypedContext(running as CallContext, peerOver))
        : (given, running) => handler(given, new TypedContext(running as CallContext, peerOver)),
    )
  }
  for (const wire of Object.keys(notifications)) {
    const handler = found(wire)
    if (handler !== undefined) add(wire, handler)
  }
  return untyped
}
