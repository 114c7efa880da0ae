/** Whether the present start succeeds: settled once for each, and never an unhandled rejection. */
export class StartPromise {
  private settle: { resolve(): void; reject(error: unknown): void } | undefined = undefined
  private current: Promise<void> = Promise.resolve()
  private readonly changed: (pending: boolean) => void

  /** @param changed called with whether somebody may be waiting */
  constructor(changed: (pending: boolean) => void) {
    this.changed = changed
  }

  get promise(): Promise<void> {
    return this.current
  }

  get pending(): boolean {
    return this.settle !== undefined
  }

  /** A start is to come, if none is under way. */
  expect(): void {
    if (this.settle !== undefined) return
    this.current = new Promise((resolve, reject) => (this.settle = { resolve, reject }))
    this.current.catch(() => undefined)
  }

  succeeded(): void {
    this.take()?.resolve()
  }

  failed(error: unknown): void {
    this.take()?.reject(error)
  }

  private take(): { resolve(): void; reject(error: unknown): void } | undefined {
    const { settle } = this
    this.settle = undefined
    if (settle !== undefined) this.changed(false)
    return settle
  }
}
