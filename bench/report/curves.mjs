// @ts-check
import { scaleLog } from 'd3-scale'
import { line } from 'd3-shape'
import { escaped, faint, ink, isOurs, others, ours, picture } from './colours.mjs'
import { duration } from './words.mjs'

/** @typedef {import('../growth/measure.mjs').Growth} Growth */

const panel = { width: 420, height: 270, left: 62, right: 14, top: 52, bottom: 48 }

/** Four small plots, both axes logarithmic: time a unit of work against the size of the job. @param {Readonly<Record<string, Growth>>} growth */
export function curvesPicture(growth) {
  const panels = Object.values(growth).map((each, index) => {
    const x = (index % 2) * panel.width
    const y = Math.floor(index / 2) * panel.height
    return `<g transform="translate(${x},${y})">\n${plot(each).join('\n')}\n</g>`
  })
  const rows = Math.ceil(panels.length / 2)
  return picture(panel.width * 2, panel.height * rows, 'How the time of simple-ipc grows', panels)
}

/** @param {Growth} growth */
function plot({ title, x, points }) {
  const sizes = points.map(({ size }) => size)
  const times = points.flatMap(({ seconds }) => Object.values(seconds).map(({ median }) => median))
  const across = scaleLog([Math.min(...sizes), Math.max(...sizes)], [panel.left, panel.width - panel.right])
  const up = scaleLog(
    [Math.min(...times) / 1.5, Math.max(...times) * 1.5],
    [panel.height - panel.bottom, panel.top],
  )
  const contenders = Object.keys(points[0]?.seconds ?? {})
  const marks = [1, 2, 5].flatMap(n => Array.from({ length: 12 }, (_, i) => n * 10 ** (i - 10)))
  const [least = 0, most = 0] = up.domain()
  return [
    label(panel.left, 22, title, ink, 'font-weight="600" font-size="13"'),
    ...contenders.map((name, index) =>
      label(panel.left + index * 120, 40, name, isOurs(name) ? ours : faint, 'font-size="12"'),
    ),
    ...marks
      .filter(mark => mark >= least && mark <= most)
      .flatMap(mark => [
        `<line x1="${panel.left}" x2="${panel.width - panel.right}" y1="${round(up(mark))}" y2="${round(up(mark))}" stroke="#eaeef2"/>`,
        label(panel.left - 6, round(up(mark)) + 4, duration(mark), faint, 'font-size="10" text-anchor="end"'),
      ]),
    ...sizes.map(size =>
      label(
        round(across(size)),
        panel.height - panel.bottom + 16,
        short(size),
        faint,
        'font-size="10" text-anchor="middle"',
      ),
    ),
    label(panel.width - panel.right, panel.height - 12, x, faint, 'font-size="11" text-anchor="end"'),
    ...contenders.flatMap(name => {
      const colour = isOurs(name) ? ours : others
      const places = points.map(
        ({ size, seconds }) =>
          /** @type {[number, number]} */ ([
            round(across(size)),
            round(up(seconds[name]?.median ?? Number.NaN)),
          ]),
      )
      return [
        `<path d="${line()(places) ?? ''}" fill="none" stroke="${colour}" stroke-width="2"/>`,
        ...places.map(([cx, cy]) => `<circle cx="${cx}" cy="${cy}" r="3" fill="${colour}"/>`),
      ]
    }),
  ]
}

const round = (/** @type {number} */ value) => Math.round(value * 10) / 10

const short = (/** @type {number} */ size) =>
  size >= 1e6 ? `${size / 1e6}M` : size >= 10_000 ? `${size / 1000}k` : String(size)

/** @param {number} x @param {number} y @param {string} words @param {string} fill @param {string} more */
const label = (x, y, words, fill, more) =>
  `<text x="${x}" y="${y}" fill="${fill}" ${more}>${escaped(words)}</text>`
