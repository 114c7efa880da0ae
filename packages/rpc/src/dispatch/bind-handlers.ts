import type { Contract } from '../contract/contract-spec.js'
import { plainContract } from '../contract/define-contract.js'
import type { Member } from '../contract/members.js'
import { handlersMissing } from '../errors/handler-errors.js'
import type { BoundMethod } from './dispatch-options.js'
import type { Listener } from './notification-listeners.js'

/** The user's function for a member, bound to what it was found in. */
export function handlerNamed(
  handlers: Readonly<Record<string, unknown>>,
  name: string,
): ((...args: unknown[]) => unknown) | undefined {
  // Methods of a class are handlers; what every object inherits is not.
  if (name in Object.prototype && !Object.hasOwn(handlers, name)) return undefined
  const handler = handlers[name]
  return typeof handler === 'function'
    ? (handler.bind(handlers) as (...args: unknown[]) => unknown)
    : undefined
}

/**
 * Throws a TypeError that names each method of the host for which there is no handler. A child may be unfinished: its host
 * is told so by the answer.
 *
 * @param names the handlers' names, where they differ from the contract's
 */
export function requireHandlers(
  contract: Contract,
  handlers: Readonly<Record<string, unknown>>,
  names: Readonly<Record<string, string>> = {},
): void {
  const missing = Object.keys(plainContract(contract).host.methods)
    .map(wire => (Object.hasOwn(names, wire) ? (names[wire] ?? wire) : wire))
    .filter(name => handlerNamed(handlers, name) === undefined)
  if (missing.length > 0) throw handlersMissing(contract.name, missing)
}

/** Handlers by name, for the members that the contract declares and the user implements. */
export function handlersOf(
  members: ReadonlyMap<string, Member>,
  handlers: Readonly<Record<string, unknown>>,
): { methods: Map<string, BoundMethod>; notifications: Map<string, Listener> } {
  const methods = new Map<string, BoundMethod>()
  const notifications = new Map<string, Listener>()
  for (const [name, member] of members) {
    const handler = handlerNamed(handlers, name)
    if (handler === undefined) continue
    if (member.kind === 'method') methods.set(name, { member, handler })
    else notifications.set(name, handler)
  }
  return { methods, notifications }
}
