// @ts-check
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { Absent } from '../define-suite.mjs'

const script = (/** @type {string} */ name) => path.join(import.meta.dirname, name)

/** @type {import('../define-suite.mjs').Suite} */
export const pool = {
  title: 'calls that keep a processor busy for 3 ms, Node children',
  prepare(quick) {
    if (availableParallelism() < 2) throw new Absent('a second processor')
    const count = quick ? 200 : 800
    return { args: [String(count)], count, unit: 'calls' }
  },
  contenders: { 'Pool of four': script('four-children.mjs'), 'one child': script('one-child.mjs') },
  goals: [{ of: 'Pool of four', over: 'one child', atLeast: 1.8 }],
}
