// @ts-check
// How figures are written, on the terminal and in the documents alike.

/** @typedef {import('../goals.mjs').Verdict} Verdict */
/** @typedef {import('../median.mjs').Spread} Spread */

/** Three figures that count. @param {number} value */
export function figure(value) {
  const size = Math.abs(Number(value.toPrecision(3)))
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : 2)
}

/** Median, and in brackets least and greatest. @param {Spread} spread */
export const spread = ({ median, least, most }) => `${figure(median)} (${figure(least)}–${figure(most)})`

/** What was measured, without its value. @param {Verdict} verdict */
export function what({ kind, of, over, unit }) {
  if (kind === 'ratio') return `speed of ${of} over ${over}`
  if (kind === 'figures') return `${unit} of ${of} over ${over}`
  return kind === 'more' ? `${of}, beyond ${over}` : `${of}: ${over}`
}

/** @param {Verdict} verdict */
export const unitOf = ({ kind, unit }) => (kind === 'ratio' || kind === 'figures' ? '' : ` ${unit}`)

/** @param {Verdict} verdict */
export const goalOf = verdict =>
  `at ${verdict.kind === 'ratio' ? 'least' : 'most'} ${figure(verdict.goal)}${unitOf(verdict)}`

/** @param {number} rate */
export const rateOf = rate =>
  rate >= 1e6
    ? `${figure(rate / 1e6)} million`
    : rate >= 1e3
      ? `${figure(rate / 1e3)} thousand`
      : figure(rate)

/** Microseconds, milliseconds or seconds. @param {number} seconds */
export const duration = seconds =>
  seconds < 1e-3
    ? `${figure(seconds * 1e6)} µs`
    : seconds < 1
      ? `${figure(seconds * 1e3)} ms`
      : `${figure(seconds)} s`
