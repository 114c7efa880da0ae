// @ts-check
// `npm run bench [-- --quick] [suite …]`: contenders side by side. Each runs in a process of its own, all of them once a
// round, round after round, so that a slow moment of the machine falls on all; only ratios within a run are meant to be
// compared with another run's. A whole run keeps its results; a quick one, or one of some suites, only prints them.
import { availableParallelism, cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { compareBuilds, least, suitesOf } from './against.mjs'
import { measureGrowth } from './growth/measure.mjs'
import { interleave } from './interleave.mjs'
import { resultOf } from './goals.mjs'
import { printComparison, printResult } from './report/terminal.mjs'
import { keep, writeReports } from './report/write.mjs'
import { Absent } from './define-suite.mjs'
import { suites } from './suites.mjs'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    report: { type: 'boolean', default: false },
    against: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    help: { type: 'boolean', short: 'h', default: false },
  },
})
const unknown = positionals.filter(name => !(name in suites))
if (values.help || unknown.length > 0) {
  if (unknown.length > 0) console.error(`No suite is called ${unknown.join(', ')}.`)
  console.log(`npm run bench                       everything, a quarter of an hour; writes bench/results.md and its pictures
npm run bench -- --quick            everything once, with little work: under a minute, for a first look
npm run bench -- calls stream       these suites only
npm run bench -- --against <folder> each of ours beside the same of another checkout, built and installed; fails if one
                                    is slower than ${least} of it; also with suites, --quick, --rounds <number> (5)
npm run bench -- --report           writes the results and pictures again from bench/results.json

suites: ${Object.keys(suites).join(', ')}`)
  process.exit(values.help ? 0 : 2)
}
if (values.report) {
  await writeReports()
  process.exit()
}

if (values.against !== undefined) {
  const others = await suitesOf(values.against)
  const { quick, rounds } = values
  const comparisons = compareBuilds(others, positionals, {
    rounds: Number(rounds),
    quick,
    tell: printComparison,
  })
  const lost = comparisons.filter(comparison => comparison.lost)
  console.log(
    lost.length === 0
      ? `nothing is below ${least}`
      : `below ${least}: ${lost.map(({ suite, row }) => `${suite}, ${row}`).join('; ')}`,
  )
  process.exit(lost.length === 0 ? 0 : 1)
}

/** @type {Record<string, import('./goals.mjs').Result>} */
const results = {}
for (const [name, suite] of Object.entries(suites)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue
  try {
    const input = suite.prepare(values.quick)
    const contenders = typeof suite.contenders === 'function' ? suite.contenders() : suite.contenders
    const rounds = values.quick ? 1 : (suite.rounds ?? 7)
    const runs = interleave(contenders, input, { rounds, warmUp: !values.quick })
    results[name] = resultOf(suite, input, runs)
    printResult(name, results[name])
  } catch (error) {
    if (!(error instanceof Absent)) throw error
    console.log(`\n${name}: skipped, for this machine lacks ${error.message}`)
  }
}

if (!values.quick && positionals.length === 0) {
  const growth = measureGrowth(false)
  const machine = `Node ${process.version}, ${process.platform}, ${availableParallelism()} processors (${cpus()[0]?.model ?? 'unknown'})`
  keep({ machine, results, growth })
  await writeReports()
  console.log(
    '\nWritten: bench/results.json, results.md, results.svg, growth.svg, and the table in README.md',
  )
}
