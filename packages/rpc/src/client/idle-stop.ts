import { startTimer } from '@simple-ipc/worker'

/** When a program without calls is stopped, and whether the next call starts it. */
export class IdleStop {
  private readonly ms: number | undefined
  private readonly possible: boolean
  private readonly fellIdle: () => void
  private timer: NodeJS.Timeout | undefined = undefined
  /** The next call starts the program, if it does not run. */
  callsStart: boolean

  /** @param fellIdle there was no call for as long as `idleStop` says */
  constructor(
    { lazy, idleStop }: { lazy?: boolean | undefined; idleStop?: number | undefined },
    fellIdle: () => void,
  ) {
    this.ms = idleStop
    this.fellIdle = fellIdle
    this.callsStart = this.possible = lazy === true || idleStop !== undefined
  }

  /** It was started. */
  started(): void {
    this.callsStart = this.possible
  }

  /** It was stopped for another reason: only `start()` starts it again. */
  stopped(): void {
    this.callsStart = false
    clearTimeout(this.timer)
  }

  /** The last call is over. */
  idle(): void {
    clearTimeout(this.timer)
    if (!this.callsStart) return
    this.timer = startTimer(this.ms, this.fellIdle)
    this.timer?.unref()
  }

  /** A call was made. */
  busy(): void {
    clearTimeout(this.timer)
  }
}
