import { startTimer } from '@simple-ipc/worker'

import type { Peer } from '../peer/peer.js'
import type { StartingChild } from './starting-child.js'

/** What `onStop` asks of a program before its input ends. */
export class Goodbye {
  private readonly onStop: ((child: StartingChild) => unknown) | undefined
  private readonly peer: Peer
  /** While it goes on. */
  saying: Promise<boolean> | undefined = undefined
  private isAsked = false

  constructor(onStop: ((child: never) => unknown) | undefined, peer: Peer) {
    this.onStop = onStop as ((child: StartingChild) => unknown) | undefined
    this.peer = peer
  }

  /** The program is to be started again, when it has been stopped. */
  startAsked(): void {
    this.isAsked = true
  }

  /**
   * Resolves when `onStop` is done, at the latest after `ms` milliseconds, with whether a start was asked for meanwhile;
   * undefined if there is nothing to say. Calls that others make meanwhile wait. What it fails with is reported: the program
   * is stopped all the same.
   */
  say(child: StartingChild | undefined, ms: number): Promise<boolean> | undefined {
    const { onStop, peer } = this
    if (onStop === undefined || child === undefined || ms === 0) return undefined
    // The last word counts: a stop after a start that was asked for meanwhile.
    this.isAsked = false
    if (this.saying === undefined) {
      peer.calls.hold()
      peer.calls.prepare()
      this.saying = this.within(ms, async () => {
        await onStop(child)
      }).then(() => {
        this.saying = undefined
        return this.isAsked
      })
    }
    return this.saying
  }

  private within(ms: number, go: () => Promise<void>): Promise<void> {
    return new Promise(resolve => {
      let isOver = false
      const over = (error?: unknown): void => {
        if (isOver) return
        isOver = true
        clearTimeout(timer)
        if (error !== undefined) this.peer.threw(error, { kind: 'callback', name: 'onStop' })
        resolve()
      }
      const timer = startTimer(ms, () =>
        over(new Error(`onStop was not done within ${ms} ms, and the program is stopped`)),
      )
      go().then(
        () => over(),
        (error: unknown) => over(error ?? new Error(`onStop failed with ${String(error)}`)),
      )
    })
  }
}
