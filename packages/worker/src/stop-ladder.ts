import type { StopGrace } from './options.js'

/** What a stop needs of a program. */
export interface StopTarget {
  endInput(): void
  /** To the whole group. */
  signal(signal: 'SIGTERM' | 'SIGKILL'): void
  readonly exited: Promise<unknown>
}

/** After SIGKILL only a process that waits for a broken disk, or one of another user, is still there. */
const lastGrace = 5000

/**
 * Ends a program: closes its input, then SIGTERM, then SIGKILL, and waits after each. True when it has exited.
 * Several may run side by side; a second one with a shorter grace is a way to hurry.
 */
export async function stopLadder(
  target: StopTarget,
  { input = 2000, term = 2000 }: StopGrace,
): Promise<boolean> {
  target.endInput()
  if (input > 0 && (await settlesWithin(target.exited, input))) return true
  target.signal('SIGTERM')
  if (term > 0 && (await settlesWithin(target.exited, term))) return true
  target.signal('SIGKILL')
  return settlesWithin(target.exited, lastGrace)
}

/** Whether the promise settles within so many milliseconds. Leaves no timer behind. */
function settlesWithin(promise: Promise<unknown>, ms: number): Promise<boolean> {
  return new Promise(resolve => {
    const timer = setTimeout(() => resolve(false), Math.min(ms, 2 ** 31 - 1))
    const settled = (): void => {
      clearTimeout(timer)
      resolve(true)
    }
    promise.then(settled, settled)
  })
}
