// @ts-check
// `npm run bench [-- --quick] [suite …]`: contenders side by side. Each runs in a process of its own, all of them once a
// round, round after round, so that a slow moment of the machine falls on all; only ratios within a run are meant to be
// compared with another run's.
import { parseArgs } from 'node:util'
import { calls } from './calls/suite.mjs'
import { lines } from './lines/suite.mjs'
import { start } from './start/suite.mjs'
import { interleave } from './interleave.mjs'
import { printSuite } from './print-suite.mjs'

/** @type {Readonly<Record<string, import('./suite.mjs').Suite>>} */
const suites = { lines, calls, start }

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
})
const unknown = positionals.filter(name => !(name in suites))
if (values.help || unknown.length > 0) {
  if (unknown.length > 0) console.error(`No suite is called ${unknown.join(', ')}.`)
  console.log(`npm run bench [-- --quick] [suite …]\n\nsuites: ${Object.keys(suites).join(', ')}`)
  process.exit(values.help ? 0 : 2)
}

for (const [name, suite] of Object.entries(suites)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue
  const input = suite.prepare(values.quick)
  const measured = interleave(suite.contenders, input, values.quick ? 3 : 7)
  printSuite(name, suite, input, measured)
}
