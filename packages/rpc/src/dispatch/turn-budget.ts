/** How many items all streams of a peer may send in one turn of the event loop: a quarter of a window. */
const perTurn = 1024
/** After this many milliseconds a turn is over in any case. The clock is read once for several items. */
const turnTime = 1
const betweenLooks = 16

/**
 * Lets streams take turns with everything else. A generator that never waits would otherwise hold up every other call,
 * for promises are settled before the next input is read.
 */
export class TurnBudget {
  private left = perTurn
  private began = 0
  private scheduled = false
  private waiting: (() => void)[] = []

  /** Takes one from this turn's budget; a promise of the next turn when it is used up. */
  spend(): Promise<void> | undefined {
    if (!this.scheduled) {
      this.scheduled = true
      this.began = performance.now()
      setImmediate(renew, this)
    } else if (this.left % betweenLooks === 0 && performance.now() - this.began >= turnTime) this.left = 0
    if (this.left-- > 0) return undefined
    return new Promise(resolve => this.waiting.push(resolve))
  }

  renew(): void {
    this.scheduled = false
    this.left = perTurn
    const waiting = this.waiting
    this.waiting = []
    for (const resolve of waiting) resolve()
  }
}

const renew = (budget: TurnBudget): void => budget.renew()
