/** Waits, for a time, until no calls are open. */
export class Drain {
  private waiting: (() => void)[] = []

  /** Resolves when no call is open, at the latest after this many milliseconds. */
  wait(ms: number): Promise<void> {
    return new Promise(resolve => {
      const timer = setTimeout(resolve, ms)
      this.waiting.push(() => {
        clearTimeout(timer)
        resolve()
      })
    })
  }

  done(): void {
    for (const resolve of this.waiting.splice(0)) resolve()
  }
}
