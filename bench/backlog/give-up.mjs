// @ts-check
// A backlog that is given up at once, by one signal or by deadlines that run out together: its time a call with so many
// calls, and with four times as many. What takes longer with each call that waits shows in the ratio of the two.
import { Client, defineContract, Pool } from '@simple-ipc/rpc'
import { Worker } from '@simple-ipc/worker'

const contract = defineContract({ name: 'backlog', version: '1', child: { methods: { wait: {} } } })
/** @type {readonly [string, ...string[]]} */
const neverAnswers = [process.execPath, '-e', 'setInterval(() => {}, 1000)']
const quickly = /** @type {const} */ ({ stop: { input: 0, term: 100 }, stderr: 'ignore' })
const deadline = 100

/**
 * What waits: makes it, and ends the program.
 * @typedef {{ ask(options: { signal?: AbortSignal, timeout?: number }): Promise<unknown>, stop(): Promise<unknown> }} Backlog
 * @type {Readonly<Record<string, (count: number) => Backlog>>}
 */
const backlogs = {
  // Held, for the program never says which contract it has.
  client: () => {
    const client = new Client(contract, neverAnswers, quickly)
    return { ask: options => client.call('wait', undefined, options), stop: () => client.stop() }
  },
  pool: count => {
    const pool = new Pool(contract, neverAnswers, { ...quickly, size: 1, concurrency: 1, maxQueue: count })
    return { ask: options => pool.call('wait', undefined, options), stop: () => pool.stop() }
  },
  worker: () => {
    const worker = new Worker(neverAnswers, quickly)
    return { ask: options => worker.ask('wait', options), stop: () => worker.stop() }
  },
}

/** Milliseconds a call that the event loop was at work while the calls were given up. */
async function measure(
  /** @type {Backlog} */ backlog,
  /** @type {string} */ by,
  /** @type {number} */ count,
) {
  const controller = new AbortController()
  const options = by === 'signal' ? { signal: controller.signal } : { timeout: deadline }
  let failed = 0
  const calls = Array.from({ length: count }, () => backlog.ask(options).catch(() => failed++))
  const before = performance.eventLoopUtilization()
  if (by === 'signal') controller.abort()
  await Promise.all(calls)
  const { active } = performance.eventLoopUtilization(before)
  if (failed !== count) throw new Error(`${count - failed} of ${count} calls did not fail`)
  await backlog.stop()
  return active / count
}

const [count = 0] = process.argv.slice(2).map(Number)
const kind = process.env['BENCH_BACKLOG'] ?? ''
const by = process.env['BENCH_BY'] ?? ''
const make = backlogs[kind]
if (make === undefined) throw new Error(`No backlog is called ${kind}`)
const least = async (/** @type {number} */ calls) => {
  const times = []
  for (let round = 0; round < 3; round++) times.push(await measure(make(calls), by, calls))
  return Math.min(...times)
}
await least(1_000)
const few = await least(count / 4)
const many = await least(count)
console.log(JSON.stringify({ seconds: (many * count) / 1000, count, ratio: many / few }))
