interface Hub {
  readonly waiting: Set<() => void>
  readonly fire: () => void
}

const hubs = new WeakMap<AbortSignal, Hub>()

/** Calls back when a signal aborts. However many workers, questions and calls share a signal, it has one listener of ours, and none once they have ended. */
export function onAbort(signal: AbortSignal, listener: () => void): void {
  let hub = hubs.get(signal)
  if (hub === undefined) {
    const waiting = new Set<() => void>()
    hub = { waiting, fire: () => [...waiting].forEach(go => go()) }
    hubs.set(signal, hub)
    signal.addEventListener('abort', hub.fire)
  }
  hub.waiting.add(listener)
}

export function offAbort(signal: AbortSignal, listener: () => void): void {
  const hub = hubs.get(signal)
  if (hub?.waiting.delete(listener) !== true || hub.waiting.size > 0) return
  hubs.delete(signal)
  signal.removeEventListener('abort', hub.fire)
}
