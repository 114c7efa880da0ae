// @ts-check

/** @param {readonly number[]} values @returns {number} */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  return ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2
}

/**
 * Median, and between which values all lie.
 * @typedef {{ median: number, least: number, most: number }} Spread
 */
/** @param {readonly number[]} values @returns {Spread} */
export const spreadOf = values => ({
  median: median(values),
  least: Math.min(...values),
  most: Math.max(...values),
})
