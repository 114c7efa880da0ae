// @ts-check
import { scaleLinear } from 'd3-scale'
import { escaped, faint, ink, isOurs, others, ours, picture } from './colours.mjs'
import { rateOf } from './words.mjs'

/** @typedef {import('../goals.mjs').Result} Result */

const width = 860
const barHeight = 20
const gap = 6
const names = 150

/** Which suites the picture shows, and what a bar is. */
const shown = /** @type {const} */ (['calls', 'burst', 'lines', 'stream', 'large-16'])

/** Bars of speed, a group for each kind of work: longer is faster. @param {Readonly<Record<string, Result>>} results */
export function bars(results) {
  /** @type {string[]} */
  const insides = []
  let y = 16
  for (const name of shown) {
    const result = results[name]
    if (result === undefined) continue
    insides.push(text(12, y + 14, result.title, ink, 'font-weight="600" font-size="14"'))
    y += 26
    const rates = Object.entries(result.seconds).map(
      ([contender, seconds]) => /** @type {const} */ ([contender, result.count / seconds.median]),
    )
    const scale = scaleLinear([0, Math.max(...rates.map(([, rate]) => rate))], [0, width - names - 190])
    for (const [contender, rate] of rates.toSorted((a, b) => b[1] - a[1])) {
      const length = Math.max(1, Math.round(scale(rate)))
      insides.push(
        text(names + 4, y + 14, contender, ink, 'text-anchor="end" font-size="12"'),
        `<rect x="${names + 12}" y="${y}" width="${length}" height="${barHeight}" rx="2" fill="${isOurs(contender) ? ours : others}"/>`,
        text(names + 18 + length, y + 14, `${rateOf(rate)} ${result.unit}/s`, faint, 'font-size="12"'),
      )
      y += barHeight + gap
    }
    y += 18
  }
  return picture(width, y, 'How fast simple-ipc is beside its peers', insides)
}

/** @param {number} x @param {number} y @param {string} words @param {string} fill @param {string} more */
const text = (x, y, words, fill, more) =>
  `<text x="${x}" y="${y}" fill="${fill}" ${more}>${escaped(words)}</text>`
