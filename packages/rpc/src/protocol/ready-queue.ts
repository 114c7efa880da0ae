/**
 * What has to wait for the compiler of checks, and everything behind it. Without the compiler values are checked too, a
 * hundred times slower. Short messages bear that, so that a program answers its first call before it loads what is for
 * the many; a long one waits.
 */
export class ReadyQueue {
  /** Undefined once it is loaded, or where nothing is checked. */
  private load: (() => Promise<void>) | undefined
  private isAskedFor = false
  private isLoading = false
  private held: (() => void)[] | undefined = undefined

  constructor(load: (() => Promise<void>) | undefined) {
    this.load = load
  }

  get isLoaded(): boolean {
    return this.load === undefined
  }

  /** Something waits already: whatever comes next goes behind it. */
  get isHolding(): boolean {
    return this.held !== undefined
  }

  /** Does something in its turn. */
  run(go: () => void): void {
    if (this.held === undefined) go()
    else this.held.push(go)
  }

  /** Does something when the compiler is loaded; to be called before that, with nothing waiting. */
  holdUntilReady(go: () => void): void {
    this.held = [go]
    this.begin()
  }

  /** Has it loaded when this turn of the event loop is over. */
  loadSoon(): void {
    if (this.isAskedFor) return
    this.isAskedFor = true
    setImmediate(begin, this)
  }

  begin(): void {
    if (this.load === undefined || this.isLoading) return
    this.isLoading = true
    void this.load().then(() => {
      this.load = undefined
      const { held } = this
      this.held = undefined
      if (held !== undefined) for (const go of held) go()
    })
  }
}

const begin = (queue: ReadyQueue): void => queue.begin()
