/** Keeps the event loop alive while it is told to, whatever the pipes are told. */
export class KeepAlive {
  private timer: NodeJS.Timeout | undefined = undefined
  private on = false

  set(on: boolean): void {
    if (on === this.on) return
    this.on = on
    if (!on) this.timer?.unref()
    else if (this.timer === undefined) this.timer = setInterval(() => undefined, 2 ** 30)
    else this.timer.ref()
  }
}
