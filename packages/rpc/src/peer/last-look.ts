/** How long the other side's look at our contract is waited for, in milliseconds. */
const patience = 250

/**
 * A child that has found out that the contracts differ does not go at once: its host asks for the contract, too, and would
 * hear of an exit instead of the difference.
 */
export class LastLook {
  private end: () => void = () => undefined

  /** Resolves when the session is over, and after a moment if it goes on. */
  async wait(): Promise<void> {
    let timer: NodeJS.Timeout | undefined
    await new Promise<void>(resolve => {
      this.end = resolve
      timer = setTimeout(resolve, patience)
    })
    clearTimeout(timer)
  }

  over(): void {
    this.end()
  }
}
