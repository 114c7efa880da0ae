// @ts-check
// `npm run bench [-- --quick] [suite …]`: contenders side by side. Each runs in a process of its own, all of them once a
// round, round after round, so that a slow moment of the machine falls on all; only ratios within a run are meant to be
// compared with another run's. A whole run keeps its results; a quick one, or one of some suites, only prints them.
import { parseArgs } from 'node:util'
import { interleave } from './interleave.mjs'
import { judge } from './judge.mjs'
import { printResult } from './report/terminal.mjs'
import { Absent } from './suite.mjs'
import { suites } from './suites.mjs'

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

/** @type {Record<string, import('./judge.mjs').Result>} */
const results = {}
for (const [name, suite] of Object.entries(suites)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue
  try {
    const input = suite.prepare(values.quick)
    const contenders = typeof suite.contenders === 'function' ? suite.contenders() : suite.contenders
    const rounds = values.quick ? 1 : (suite.rounds ?? 7)
    const runs = interleave(contenders, input, { rounds, warmUp: !values.quick })
    results[name] = judge(suite, input, runs)
    printResult(name, results[name])
  } catch (error) {
    if (!(error instanceof Absent)) throw error
    console.log(`\n${name}: skipped, for this machine lacks ${error.message}`)
  }
}
