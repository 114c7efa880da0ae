/** What is known of the run that may follow the present one: calls that come too late for this one may wait for it. */
export class NextRun {
  private readonly restarts: boolean
  /** The present run has exited, and its output may still come. */
  private exited = false
  /** `start()` was called while the present run was ending. */
  private wanted = false
  /** The present run was told to stop. */
  stopping = false

  /** @param restarts whether the worker may start the program again by itself */
  constructor(restarts: boolean) {
    this.restarts = restarts
  }

  /** `start()` was called. */
  asked(alive: boolean): void {
    this.wanted = (this.stopping || this.exited) && alive
  }

  begun(): void {
    this.stopping = this.exited = this.wanted = false
  }

  exitTold(): void {
    this.exited = true
  }

  /**
   * The present run is over. Which of the calls that were not sent wait for the next: all, none, or those that came after
   * the exit (`late`), as long as there is one. Whether there is, the worker tells right after this.
   */
  expected(): boolean | 'late' {
    const { wanted } = this
    this.wanted = this.exited = false
    return this.stopping ? wanted : (wanted || this.restarts) && 'late'
  }
}
