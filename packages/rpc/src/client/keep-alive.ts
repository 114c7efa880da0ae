interface Reasons {
  /** False after `unref()`. */
  allowed: boolean
  /** Calls are open. */
  busy: boolean
  /** start() is waited for. */
  starting: boolean
  /** Notifications are listened to. */
  listening: boolean
  /** The program lives, or will again by itself: without it nobody need be heard. */
  alive: boolean
}

/** Keeps the event loop alive while a program is waited for, whatever its pipes are set to. */
export class KeepAlive {
  private reasons: Reasons = {
    allowed: true,
    busy: false,
    starting: false,
    listening: false,
    alive: false,
  }
  private timer: NodeJS.Timeout | undefined = undefined
  private on = false

  set(change: Partial<Reasons>): void {
    Object.assign(this.reasons, change)
    const { allowed, busy, starting, listening, alive } = this.reasons
    const on = allowed && (busy || starting || (listening && alive))
    if (on === this.on) return
    this.on = on
    if (!on) this.timer?.unref()
    else if (this.timer === undefined) this.timer = setInterval(() => undefined, 2 ** 30)
    else this.timer.ref()
  }
}
