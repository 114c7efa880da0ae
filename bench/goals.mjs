// @ts-check
// From what the runs printed to what is told: each contender's figures, and whether each goal is met.
import { spreadOf } from './median.mjs'

/** @typedef {import('./median.mjs').Spread} Spread */
/**
 * A goal and what came out. `kind` says what `value` is: a ratio of speeds, milliseconds more, a figure, or a ratio of
 * figures, of which `unit` is the name.
 * @typedef {{ kind: 'ratio' | 'more' | 'figure' | 'figures', of: string, over: string, unit: string, goal: number, value: Spread, met: boolean }} Verdict
 */
/**
 * @typedef {object} Result
 * @property {string} title
 * @property {number} count
 * @property {string} unit
 * @property {readonly Verdict[]} verdicts
 * @property {Readonly<Record<string, Spread>>} seconds by contender
 */

/**
 * @param {import('./define-suite.mjs').Suite} suite @param {import('./define-suite.mjs').Input} input
 * @param {Record<string, import('./define-suite.mjs').Run[]>} runs @returns {Result}
 */
export function resultOf(suite, input, runs) {
  const seconds = Object.fromEntries(
    Object.entries(runs).map(([name, list]) => [name, spreadOf(list.map(run => run.seconds))]),
  )
  const present = suite.goals.filter(goal => goal.of in runs && (!('over' in goal) || goal.over in runs))
  const verdicts = present.map(goal => verdict(goal, runs))
  return { title: suite.title, count: input.count, unit: input.unit, verdicts, seconds }
}

/** @param {import('./define-suite.mjs').Goal} goal @param {Record<string, import('./define-suite.mjs').Run[]>} runs @returns {Verdict} */
function verdict(goal, runs) {
  const own = runs[goal.of] ?? []
  if ('figureAtMost' in goal) {
    const value = spreadOf(own.map(run => run[goal.figure] ?? NaN))
    const { of, figure: over, unit, figureAtMost } = goal
    return { kind: 'figure', of, over, unit, goal: figureAtMost, value, met: value.median <= figureAtMost }
  }
  const { of, over } = goal
  const others = runs[over] ?? []
  if ('figure' in goal) {
    const { figure, atMost } = goal
    const value = spreadOf(own.map((run, round) => (run[figure] ?? NaN) / (others[round]?.[figure] ?? NaN)))
    return { kind: 'figures', of, over, unit: figure, goal: atMost, value, met: value.median <= atMost }
  }
  const pairs = own.map((run, round) => ({ own: run.seconds, other: others[round]?.seconds ?? NaN }))
  if ('addsAtMost' in goal) {
    const value = spreadOf(pairs.map(({ own, other }) => 1000 * (own - other)))
    return {
      kind: 'more',
      of,
      over,
      unit: 'ms',
      goal: goal.addsAtMost,
      value,
      met: value.median <= goal.addsAtMost,
    }
  }
  const value = spreadOf(pairs.map(({ own, other }) => other / own))
  return { kind: 'ratio', of, over, unit: '×', goal: goal.atLeast, value, met: value.median >= goal.atLeast }
}
