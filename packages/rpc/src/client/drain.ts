/** Waits, for a time, until no calls are open. */
export class Calm {
  private waiting: (() => void)[] = []

  /** Resolves when it has come, at latest after so many milliseconds. */
  within(ms: number): Promise<void> {
    return new Promise(resolve => {
      const timer = setTimeout(resolve, ms)
      this.waiting.push(() => {
        clearTimeout(timer)
        resolve()
      })
    })
  }

  come(): void {
    for (const resolve of this.waiting.splice(0)) resolve()
  }
}
