// @ts-check
import { availableParallelism } from 'node:os'
import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** Measures the first calls of a fresh peer, not those of one that has made a fifth as many before. */
const isFresh = process.env['BENCH_FRESH'] === 'on'
/** Keeps every processor busy beside what is measured. */
const isBusy = process.env['BENCH_BUSY'] === 'on'

/**
 * Makes `total` calls, at most `inFlight` at once, and prints the result as contenders do, with the mean and the 99th
 * percentile of a call. A fifth as many calls run
 * first, so that what is measured is neither the start of a process nor the compiling of its code.
 * @param {(index: number) => Promise<unknown>} call gets a number and answers with it plus one
 */
export async function measureCalls(call) {
  const [total, inFlight] = process.argv.slice(2).map(Number)
  if (total === undefined || inFlight === undefined) throw new Error('usage: CONTENDER TOTAL IN-FLIGHT')
  const others = isBusy ? await Promise.all(Array.from({ length: availableParallelism() }, burn)) : []
  const warmUp = isFresh ? 1 : total / 5
  await run(call, { total: warmUp, inFlight, times: undefined })
  const times = inFlight === 1 ? new Float64Array(total) : undefined
  const start = performance.now()
  const count = await run(call, { total, inFlight, times })
  const seconds = (performance.now() - start) / 1000
  others.forEach(other => other.kill('SIGKILL'))
  console.log(JSON.stringify({ seconds, count, ...percentile(times) }))
}

/**
 * Resolves with the number of right answers.
 * @param {(index: number) => Promise<unknown>} call
 * @param {{ total: number, inFlight: number, times: Float64Array | undefined }} options what each call took is written into `times`
 */
async function run(call, { total, inFlight, times }) {
  let next = 0
  let right = 0
  const lane = async () => {
    while (next < total) {
      const index = next
      next += 1
      const start = times === undefined ? 0 : performance.now()
      if ((await call(index)) === index + 1) right += 1
      if (times !== undefined) times[index] = performance.now() - start
    }
  }
  await Promise.all(Array.from({ length: inFlight }, lane))
  return right
}

/** In microseconds. @param {Float64Array | undefined} times in milliseconds */
const percentile = times =>
  times && { p99: 1000 * (times.sort()[Math.floor(times.length * 0.99)] ?? Number.NaN) }

/** Starts a process that is busy, and waits until it is. */
async function burn() {
  const program = "process.stdout.write('busy', () => { for (;;); })"
  const other = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(other.stdout, 'data')
  return other
}
