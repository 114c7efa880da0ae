// @ts-check
// From bench/results.json come the page, the pictures and the README's table; nothing in them is written by hand but
// the notes in bench/results-notes.md.
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import prettier from 'prettier'
import { bars } from './bars.mjs'
import { curvesPicture } from './curves.mjs'
import { readmeTable, resultsPage } from './markdown.mjs'

/** @typedef {import('./markdown.mjs').Results} Results */

const bench = path.dirname(import.meta.dirname)
const file = (/** @type {string[]} */ ...name) => path.join(bench, ...name)
const readme = file('..', 'README.md')
const begin = '<!-- measured: begin -->'
const end = '<!-- measured: end -->'

/** @param {Results} all */
export function keep(all) {
  writeFileSync(file('results.json'), `${JSON.stringify(all, undefined, 1)}\n`)
}

/** Every text that follows from the kept results, by its path. @returns {Promise<Map<string, string>>} */
export async function reports() {
  const all = /** @type {Results} */ (JSON.parse(readFileSync(file('results.json'), 'utf8')))
  const notes = readFileSync(file('results-notes.md'), 'utf8')
  const text = readFileSync(readme, 'utf8')
  const [before = '', rest = ''] = text.split(begin)
  const after = rest.split(end)[1]
  if (after === undefined) throw new Error(`README.md lacks ${begin} … ${end}`)
  return new Map([
    [file('results.md'), await pretty(file('results.md'), resultsPage(all, notes))],
    [file('results.svg'), bars(all.results)],
    [file('growth.svg'), curvesPicture(all.growth)],
    [readme, await pretty(readme, `${before}${begin}\n\n${readmeTable(all)}\n\n${end}${after}`)],
  ])
}

export async function writeReports() {
  for (const [name, text] of await reports()) writeFileSync(name, text)
}

/** @param {string} filepath @param {string} text */
const pretty = async (filepath, text) =>
  prettier.format(text, { ...(await prettier.resolveConfig(filepath)), filepath })
