import { defaultsOf } from '../options/option-table.js'
import { stopGraceTable, type StopGrace } from './program-options.js'

/** The program to stop. */
export interface StopTarget {
  endInput(): void
  /** To the whole group. */
  signal(signal: 'SIGTERM' | 'SIGKILL'): void
  readonly exited: Promise<unknown>
}

const defaults = defaultsOf(stopGraceTable)
/** After SIGKILL only a process that is blocked by a broken disk, or one of another user, is still alive. */
const lastGrace = 5000

/**
 * Ends a program: closes its input, then SIGTERM, then SIGKILL, and waits after each. True when it has exited.
 * Several may run side by side; a second one with a shorter grace is a way to hurry.
 */
export async function stopLadder(target: StopTarget, grace: StopGrace): Promise<boolean> {
  const { input = defaults.input, term = defaults.term } = grace
  target.endInput()
  if (input > 0 && (await settlesWithin(target.exited, input))) return true
  target.signal('SIGTERM')
  if (term > 0 && (await settlesWithin(target.exited, term))) return true
  target.signal('SIGKILL')
  return settlesWithin(target.exited, lastGrace)
}

/** A host that was blocked for long has lost this much of a grace, in milliseconds, and not all of it. */
const slice = 100

/** Whether the promise settles within this many milliseconds during which the host was not blocked. Leaves no timer behind. */
function settlesWithin(promise: Promise<unknown>, ms: number): Promise<boolean> {
  return new Promise(resolve => {
    let left = ms
    let timer: NodeJS.Timeout
    const wait = (): void => {
      if (left <= 0) {
        resolve(false)
        return
      }
      const step = Math.min(left, slice)
      left -= step
      timer = setTimeout(wait, step)
    }
    wait()
    const settled = (): void => {
      clearTimeout(timer)
      resolve(true)
    }
    promise.then(settled, settled)
  })
}
