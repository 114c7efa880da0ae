/** How many items all streams of a peer may send in one turn of the event loop. */
const perTurn = 64

/**
 * Lets streams take turns with everything else. A generator that never waits would otherwise hold up every other call,
 * for promises are settled before the next input is read.
 */
export class TurnBudget {
  private left = perTurn
  private scheduled = false
  private waiting: (() => void)[] = []

  /** Takes one from this turn's budget; a promise of the next turn when it is used up. */
  spend(): Promise<void> | undefined {
    if (!this.scheduled) {
      this.scheduled = true
      setImmediate(renew, this)
    }
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
