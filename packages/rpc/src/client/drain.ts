import { afterReading, startTimer } from '@simple-ipc/worker'

/** Waits, for a time, until no calls are open. */
export class Drain {
  private waiting: (() => void)[] = []

  /** Resolves when no call is open, at the latest after this many milliseconds; `Infinity` sets no limit. */
  wait(ms: number): Promise<void> {
    return new Promise(resolve => {
      const timer = startTimer(ms, () => afterReading(resolve))
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
