import type { Member } from '../contract/members.js'
import type { BoundMethod, Handler } from './dispatch-options.js'
import type { Listener } from './notification-listeners.js'

/** Handlers by name, for the members that the contract declares and the user implements. */
export function handlersOf(
  members: ReadonlyMap<string, Member>,
  handlers: Readonly<Record<string, unknown>>,
): { methods: Map<string, BoundMethod>; notifications: Map<string, Listener> } {
  const methods = new Map<string, BoundMethod>()
  const notifications = new Map<string, Listener>()
  for (const [name, member] of members) {
    const handler = handlers[name]
    // Methods of a class are handlers; what every object or class has by itself is none.
    if (typeof handler !== 'function' || (name in Object.prototype && !Object.hasOwn(handlers, name)))
      continue
    if (member.kind === 'method') methods.set(name, { member, handler: handler.bind(handlers) as Handler })
    else notifications.set(name, handler.bind(handlers) as Listener)
  }
  return { methods, notifications }
}
