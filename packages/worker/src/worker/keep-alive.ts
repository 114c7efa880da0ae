interface Reasons {
  /** `ref()` or `unref()`, once called, decides alone. */
  refed: boolean | undefined
  /** Somebody has asked for `exited`. */
  exitAwaited: boolean
}

/** Whether the event loop stays alive for a worker. */
export class KeepAlive {
  readonly #hasCallback: boolean
  readonly #changed: () => void
  #reasons: Reasons = { refed: undefined, exitAwaited: false }
  #promises = 0

  /** @param hasCallback a callback gets the lines, and wants to see all of them */
  constructor(hasCallback: boolean, changed: () => void) {
    this.#hasCallback = hasCallback
    this.#changed = changed
  }

  set(change: Partial<Reasons>): void {
    Object.assign(this.#reasons, change)
    this.#changed()
  }

  /** Keeps the event loop alive until the promise settles. */
  hold<T>(promise: Promise<T>): Promise<T> {
    this.#promises += 1
    this.#changed()
    const settled = (): void => {
      this.#promises -= 1
      this.#changed()
    }
    promise.then(settled, settled)
    return promise
  }

  /** Whether a promise is being waited for. */
  get holds(): boolean {
    return this.#promises > 0
  }

  /** @param others whether anything else wants it alive */
  isWanted(others: boolean): boolean {
    const { refed, exitAwaited } = this.#reasons
    return refed ?? (others || exitAwaited || this.#hasCallback)
  }
}
