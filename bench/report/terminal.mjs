// @ts-check
import { figure, goalOf, rateOf, spread, unitOf, what } from './words.mjs'

/** Ratios first, then the times they come from. @param {string} name @param {import('../goals.mjs').Result} result */
export function printResult(name, { title, count, unit, verdicts, seconds }) {
  console.log(`\n${name}: ${title} (${count.toLocaleString('en-US')} ${unit})\n`)
  for (const verdict of verdicts) {
    const value = `${spread(verdict.value)}${unitOf(verdict)}`
    console.log(`  ${value}  ${what(verdict)}, goal ${goalOf(verdict)}: ${verdict.met ? 'met' : 'missed'}`)
  }
  console.log()
  const longest = Math.max(...Object.keys(seconds).map(each => each.length))
  for (const [contender, times] of Object.entries(seconds)) {
    const rate = count > 1 ? `  ${rateOf(count / times.median)} ${unit} a second` : ''
    console.log(`  ${contender.padEnd(longest)}  ${spread(times)} s${rate}`)
  }
}

/** One row of two builds side by side. @param {import('../against.mjs').Comparison} comparison */
export function printComparison({ suite, row, ratio, there, here, lost }) {
  const verdict = lost ? '  BELOW' : ''
  console.log(
    `${`${suite}, ${row}`.padEnd(44)}  ${spread(ratio).padEnd(18)}  there ${figure(there)}, here ${figure(here)}${verdict}`,
  )
}
