// @ts-check
import { readFileSync } from 'node:fs'

/**
 * Sends so many bytes there and back, so many times, and prints the time, and by how much memory rose at its highest in the
 * host and, where the system tells it, in the child, each as a multiple of the bytes.
 * @param {(bytes: Uint8Array) => Promise<Uint8Array>} echo
 * @param {() => number | undefined} [pid] of the child
 */
export async function thereAndBack(echo, pid = () => undefined) {
  const [size, times] = process.argv.slice(2).map(Number)
  if (size === undefined || times === undefined) throw new Error('usage: CONTENDER BYTES TIMES')
  const bytes = new Uint8Array(size)
  for (let i = 0; i < size; i += 97) bytes[i] = i
  // Several, for the code that is measured is compiled code; small, for memory is measured, too.
  for (let i = 0; i < 20; i++) await echo(bytes.subarray(0, 20_000))
  const before = memoryOf(process.pid)
  const childBefore = memoryOf(pid())
  const start = performance.now()
  let count = 0
  for (let i = 0; i < times; i++) if (alike(await echo(bytes), bytes)) count++
  const seconds = (performance.now() - start) / 1000
  const hostPeak = (memoryOf(process.pid).peak - before.now) / size
  const childPeak = (memoryOf(pid()).peak - childBefore.now) / size
  console.log(JSON.stringify({ seconds, count, hostPeak, childPeak }))
}

/** Every byte that is not 0, and the length: comparing all would be a part of what is measured. @param {Uint8Array} one @param {Uint8Array} other */
function alike(one, other) {
  if (one.length !== other.length) return false
  for (let i = 0; i < one.length; i += 97 * 64) if (one[i] !== other[i]) return false
  return true
}

/** Resident bytes, now and at the highest; NaN where the system has no /proc. @param {number | undefined} pid */
function memoryOf(pid) {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    const kilobytes = (/** @type {string} */ name) =>
      Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1])
    return { now: kilobytes('VmRSS') * 1024, peak: kilobytes('VmHWM') * 1024 }
  } catch {
    return { now: Number.NaN, peak: Number.NaN }
  }
}
