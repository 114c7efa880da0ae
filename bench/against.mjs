// @ts-check
// `npm run bench -- --against <folder>`: our contenders beside those of another checkout of this repository, built and with its
// dependencies installed. Each loads the packages beside it, so that two builds are measured side by side.
import { existsSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { Absent } from './define-suite.mjs'
import { interleave } from './interleave.mjs'
import { spreadOf } from './median.mjs'
import { suites } from './suites.mjs'

/** @typedef {import('./define-suite.mjs').Suite} Suite */
/** @typedef {Readonly<Record<string, Suite>>} Suites */
/**
 * A contender or one of its figures in both builds: how many times as fast as the other one, or how many times less.
 * @typedef {{ suite: string, row: string, ratio: import('./median.mjs').Spread, there: number, here: number, lost: boolean }} Comparison
 */

/** Less than this of the other build's speed is a loss. */
export const least = 0.95

/** The suites of another checkout, as they are there. @param {string} folder @returns {Promise<Suites>} */
export async function suitesOf(folder) {
  const list = path.resolve(folder, 'bench', 'suites.mjs')
  if (!existsSync(list))
    throw new Error(`${folder} is no checkout of this repository: it has no bench/suites.mjs`)
  if (!existsSync(path.resolve(folder, 'packages', 'codegen', 'dist')))
    throw new Error(`${folder} is not built: run npm run build there`)
  const module = /** @type {{ suites: Suites }} */ (await import(pathToFileURL(list).href))
  return module.suites
}

/**
 * Measures what both have; a row that lost is measured once more, for longer, and only the second result counts.
 * @param {Suites} others @param {readonly string[]} names of suites; all if empty
 * @param {{ rounds: number, quick: boolean, tell: (comparison: Comparison) => void }} options
 * @returns {Comparison[]}
 */
export function compareBuilds(others, names, { rounds, quick, tell }) {
  return Object.entries(suites).flatMap(([name, suite]) => {
    const other = others[name]
    if (names.length > 0 && !names.includes(name)) return []
    if (other === undefined) {
      console.log(`${name}: the other build has no such suite`)
      return []
    }
    try {
      const first = compare(name, suite, other, rounds, quick)
      const comparisons = first.some(({ lost }) => lost)
        ? compare(name, suite, other, 2 * rounds + 1, quick)
        : first
      comparisons.forEach(tell)
      return comparisons
    } catch (error) {
      if (!(error instanceof Absent)) throw error
      console.log(`${name}: skipped, for this machine lacks ${error.message}`)
      return []
    }
  })
}

/** @param {string} name @param {Suite} suite @param {Suite} other @param {number} rounds @param {boolean} quick @returns {Comparison[]} */
function compare(name, suite, other, rounds, quick) {
  const input = suite.prepare(quick)
  const here = contendersOf(suite)
  const there = contendersOf(other)
  // What a goal is set for is ours; the rest is what it is held against.
  const ours = [...new Set(suite.goals.map(({ of }) => of))].filter(of => of in here && of in there)
  const pairs = Object.fromEntries(
    ours.flatMap(of => [
      [`${of}, there`, /** @type {import('./define-suite.mjs').Contender} */ (there[of])],
      [`${of}, here`, /** @type {import('./define-suite.mjs').Contender} */ (here[of])],
    ]),
  )
  const runs = interleave(pairs, input, { rounds, warmUp: !quick })
  return ours.flatMap(of => {
    /** A figure that is within its goal is not lost, for near nothing a ratio says nothing. @param {string} figure */
    const row = (figure, most = 0) => {
      const before = (runs[`${of}, there`] ?? []).map(run => run[figure] ?? Number.NaN)
      const now = (runs[`${of}, here`] ?? []).map(run => run[figure] ?? Number.NaN)
      const ratio = spreadOf(now.map((value, round) => (before[round] ?? Number.NaN) / value))
      const here = spreadOf(now).median
      return {
        suite: name,
        row: figure === 'seconds' ? of : `${of}: ${figure}`,
        ratio,
        there: spreadOf(before).median,
        here,
        lost: ratio.median < least && here > most,
      }
    }
    const figures = suite.goals.flatMap(goal =>
      goal.of === of && 'figureAtMost' in goal ? [row(goal.figure, goal.figureAtMost)] : [],
    )
    return [row('seconds'), ...figures]
  })
}

/** @param {Suite} suite */
const contendersOf = ({ contenders }) => (typeof contenders === 'function' ? contenders() : contenders)
