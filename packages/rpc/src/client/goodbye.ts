import { startTimer } from '@simple-ipc/worker'

import type { Peer } from '../peer/peer.js'
import type { StartingChild } from './starting-child.js'

/** What `onStop` asks of a program before its input ends. */
export class Goodbye {
  private readonly onStop: ((child: StartingChild) => unknown) | undefined
  private readonly peer: Peer
  private saying: Promise<void> | undefined = undefined

  constructor(onStop: ((child: never) => unknown) | undefined, peer: Peer) {
    this.onStop = onStop as ((child: StartingChild) => unknown) | undefined
    this.peer = peer
  }

  /**
   * Resolves when `onStop` is done, at the latest after `ms` milliseconds; undefined if there is nothing to say. Calls that
   * others make meanwhile wait. What it fails with is reported: the program is stopped all the same.
   */
  say(child: StartingChild | undefined, ms: number): Promise<void> | undefined {
    const { onStop, peer } = this
    if (onStop === undefined || child === undefined || ms === 0) return undefined
    if (this.saying === undefined) {
      peer.calls.hold()
      peer.calls.prepare()
      this.saying = this.within(ms, async () => {
        await onStop(child)
      }).finally(() => (this.saying = undefined))
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
