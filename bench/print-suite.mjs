// @ts-check

/**
 * Ratios first, then the times they come from.
 * @param {string} name @param {import('./suite.mjs').Suite} suite @param {import('./suite.mjs').Input} input
 * @param {Record<string, number[]>} measured
 */
export function printSuite(name, suite, input, measured) {
  console.log(`\n${name}: ${suite.title} (${input.count.toLocaleString('en-US')} ${input.unit})\n`)
  for (const { of, over, atMost } of suite.ratios ?? []) {
    const others = measured[over] ?? []
    const ratios = (measured[of] ?? []).map((time, round) => time / (others[round] ?? Number.NaN))
    const verdict = median(ratios) <= atMost ? 'met' : 'missed'
    console.log(`  ${spread(ratios, 2)}  ${of} over ${over}, goal at most ${atMost.toFixed(2)}: ${verdict}`)
  }
  for (const { of, over, atMost } of suite.differences ?? []) {
    const others = measured[over] ?? []
    const more = (measured[of] ?? []).map((time, round) => 1000 * (time - (others[round] ?? Number.NaN)))
    const verdict = median(more) <= atMost ? 'met' : 'missed'
    console.log(`  ${spread(more, 1)} ms  ${of} over ${over}, goal at most ${atMost} ms: ${verdict}`)
  }
  console.log()
  const longest = Math.max(...Object.keys(measured).map(each => each.length))
  for (const [contender, seconds] of Object.entries(measured)) {
    const rate = input.count > 1 ? `  ${rateOf(input.count / median(seconds))} ${input.unit} a second` : ''
    console.log(`  ${contender.padEnd(longest)}  ${spread(seconds, 3)} s${rate}`)
  }
}

/** @param {number} rate */
function rateOf(rate) {
  return rate >= 1e6 ? `${(rate / 1e6).toFixed(2)} million` : `${(rate / 1e3).toFixed(0)} thousand`
}

/** Median, and in brackets least and greatest. @param {readonly number[]} values @param {number} digits */
function spread(values, digits) {
  const [least, middle, most] = [Math.min(...values), median(values), Math.max(...values)]
  return `${middle.toFixed(digits)} (${least.toFixed(digits)}–${most.toFixed(digits)})`
}

/** @param {readonly number[]} values */
function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  return ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2
}
