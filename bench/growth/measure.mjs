// @ts-check
import { interleave } from '../interleave.mjs'
import { spreadOf } from '../median.mjs'
import { curves, unitsOf } from './curves.mjs'

/** @typedef {import('../median.mjs').Spread} Spread */
/** Seconds a unit, by contender, at each size. @typedef {{ title: string, x: string, unit: string, points: { size: number, seconds: Record<string, Spread> }[] }} Growth */

/** @param {boolean} quick @returns {Record<string, Growth>} */
export function measureGrowth(quick) {
  return Object.fromEntries(Object.entries(curves).map(([name, curve]) => [name, measure(curve, quick)]))
}

/** @param {import('./curves.mjs').Curve} curve @param {boolean} quick @returns {Growth} */
function measure(curve, quick) {
  const contenders = curve.contenders()
  const points = curve.sizes.map(size => {
    const input = curve.input(size, quick)
    const runs = interleave(contenders, input, { rounds: quick ? 1 : 3, warmUp: false })
    const units = unitsOf(curve, size, input.count)
    const seconds = Object.fromEntries(
      Object.entries(runs).map(([name, list]) => [name, spreadOf(list.map(run => run.seconds / units))]),
    )
    return { size, seconds }
  })
  return { title: curve.title, x: curve.x, unit: curve.unit, points }
}
