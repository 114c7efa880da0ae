import { defaultsOf, kinds, longestDelay, type OptionTable } from '@simple-ipc/worker'

import type { Caller } from '../caller/caller.js'
import type { Peer } from '../peer/peer.js'
import { ping } from '../peer/ping.js'

/** How a program whose protocol loop no longer answers is detected. */
export interface HeartbeatOptions {
  /** How often a ping is sent while calls are open, in milliseconds. Default: 5,000. */
  every?: number | undefined
  /** How long the answer may take, in milliseconds. Default: 10,000. */
  timeout?: number | undefined
}

export const heartbeatTable = {
  every: { kind: kinds.duration, default: 5_000 },
  timeout: { kind: kinds.duration, default: 10_000 },
} satisfies OptionTable<HeartbeatOptions>

const defaults = defaultsOf(heartbeatTable)

/**
 * Pings while calls are open. A program whose handlers are busy answers (a Node child between the turns of its event
 * loop); one whose loop is dead does not, and is reported once.
 */
export class Heartbeat {
  private readonly calls: Caller
  private readonly isUp: () => boolean
  private readonly options: HeartbeatOptions
  private readonly hung: (ms: number) => void
  private timer: NodeJS.Timeout | undefined = undefined
  private asking = false

  /** @param isUp whether the program has started: how long that may take is for `startTimeout` */
  constructor(calls: Caller, isUp: () => boolean, options: HeartbeatOptions, hung: (ms: number) => void) {
    this.calls = calls
    this.isUp = isUp
    this.options = options
    this.hung = hung
  }

  /** The first call was made, or the last one has ended. */
  set(busy: boolean): void {
    if (!busy) {
      clearInterval(this.timer)
      this.timer = undefined
    } else {
      // Also while a ping is in flight: its answer does not say that calls are open again.
      const every = Math.min(this.options.every ?? defaults.every, longestDelay)
      this.timer ??= setInterval(() => void this.ask(), every).unref()
    }
  }

  private async ask(): Promise<void> {
    if (this.asking || !this.isUp()) return
    this.asking = true
    const timeout = this.options.timeout ?? defaults.timeout
    try {
      // Also while `onStart` prepares the program: other calls wait for that.
      await this.calls.past(() => ping(this.calls, { timeout }))
    } catch (error) {
      // Any answer is a sign of life, and an exit is reported elsewhere.
      if ((error as { code?: unknown }).code === 'TIMEOUT') this.hung(timeout)
    } finally {
      this.asking = false
    }
  }
}

/** The heartbeat that the option asks for, if any. */
export function heartbeatOf(
  option: boolean | HeartbeatOptions | undefined,
  peer: Peer,
  hung: (ms: number) => void,
): Heartbeat | undefined {
  if (option === undefined || option === false) return undefined
  return new Heartbeat(peer.calls, () => peer.answered, option === true ? {} : option, hung)
}
