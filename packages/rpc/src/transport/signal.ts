import type { Disposable, Event } from 'vscode-jsonrpc'

/** An event as vscode-jsonrpc's interfaces want it. */
export class Signal<T> {
  private readonly listeners = new Set<(value: T) => unknown>()

  readonly event: Event<T> = (listener, thisArgs?: unknown, disposables?: Disposable[]) => {
    const bound = thisArgs === undefined ? (value: T) => listener(value) as unknown : listener.bind(thisArgs)
    this.listeners.add(bound)
    const disposable = { dispose: () => void this.listeners.delete(bound) }
    disposables?.push(disposable)
    return disposable
  }

  fire(value: T): void {
    for (const listener of [...this.listeners]) listener(value)
  }

  dispose(): void {
    this.listeners.clear()
  }
}
