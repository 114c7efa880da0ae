import { writeSync } from 'node:fs'

/** A reader that takes nothing for this long will not, in milliseconds. */
const grace = 2_000
const lookEvery = 2
const clock = new Int32Array(new SharedArrayBuffer(4))

/**
 * Writes while this program ends, when no event is handled any more. Waits for a pipe that is full as long as its reader
 * takes something.
 */
export function writeLastWords(descriptor: number, bytes: Uint8Array): void {
  let rest = bytes
  let giveUpAt = performance.now() + grace
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(descriptor, rest))
      giveUpAt = performance.now() + grace
    } catch (error) {
      const isFull = (error as NodeJS.ErrnoException).code === 'EAGAIN'
      if (!isFull || performance.now() > giveUpAt) return
      Atomics.wait(clock, 0, 0, lookEvery)
    }
  }
}
