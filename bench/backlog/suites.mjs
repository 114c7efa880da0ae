// @ts-check
import path from 'node:path'

const script = path.join(import.meta.dirname, 'give-up.mjs')
const input = (/** @type {string} */ BENCH_BACKLOG, /** @type {string} */ BENCH_BY) => ({
  script,
  env: { BENCH_BACKLOG, BENCH_BY },
})

/** What waits, and by what it is given up. A worker's questions have no deadline before their turn. */
const contenders = {
  'held calls, one signal': input('client', 'signal'),
  'held calls, their deadlines': input('client', 'deadline'),
  'a pool’s queue, one signal': input('pool', 'signal'),
  'a pool’s queue, their deadlines': input('pool', 'deadline'),
  'a worker’s questions, one signal': input('worker', 'signal'),
}

/** @type {import('../define-suite.mjs').Suite} */
export const backlog = {
  title: 'a backlog that is given up at once',
  rounds: 3,
  prepare(quick) {
    const count = quick ? 8_000 : 40_000
    return { args: [String(count)], count, unit: 'calls' }
  },
  contenders,
  // Linear is 1; one that looks at all others for each call is 4.
  goals: Object.keys(contenders).map(of => ({
    of,
    figure: 'ratio',
    unit: 'times the time a call that a quarter of them take',
    figureAtMost: 2,
  })),
}
