import { residentMemory } from '@simple-ipc/worker'

/** How often memory is measured, in milliseconds: far from any call. */
const every = 2_000

/** Measures the memory of programs from time to time, and tells which have more than allowed. */
export class MemoryWatch {
  private readonly limit: number
  private readonly pids: () => readonly number[]
  private readonly over: (pid: number) => void
  private timer: NodeJS.Timeout | undefined = undefined
  private measuring = false

  /** @param limit in bytes */
  constructor(limit: number, pids: () => readonly number[], over: (pid: number) => void) {
    this.limit = limit
    this.pids = pids
    this.over = over
  }

  /** There are programs to be watched. */
  begin(): void {
    this.timer ??= setInterval(() => void this.measure(), every).unref()
  }

  stop(): void {
    clearInterval(this.timer)
    this.timer = undefined
  }

  private async measure(): Promise<void> {
    if (this.measuring) return
    this.measuring = true
    for (const [pid, bytes] of await residentMemory(this.pids())) if (bytes > this.limit) this.over(pid)
    this.measuring = false
  }
}
