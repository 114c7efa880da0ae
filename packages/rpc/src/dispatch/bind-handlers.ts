import type { Implemented, AnyHandler } from './dispatch-options.js'
import type { Listener } from './notification-listeners.js'
import type { Member } from '../contract/members.js'

/** Handlers by name, for the members that the contract declares and the user implements. */
export function handlersOf(
  members: ReadonlyMap<string, Member>,
  handlers: Readonly<Record<string, unknown>>,
): { methods: Map<string, Implemented>; notifications: Map<string, Listener> } {
  const methods = new Map<string, Implemented>()
  const notifications = new Map<string, Listener>()
  for (const [name, member] of members) {
    const handler = handlers[name]
    // Methods of a class are handlers; what every object or class has by itself is none.
    if (typeof handler !== 'function' || (name in Object.prototype && !Object.hasOwn(handlers, name)))
      continue
    if (member.kind === 'method') methods.set(name, { member, handler: handler.bind(handlers) as AnyHandler })
    else notifications.set(name, handler.bind(handlers) as Listener)
  }
  return { methods, notifications }
}
