// @ts-check
// `npm run check`: the inner loop. What a change most likely breaks, in less than two minutes; at the end it names what it left
// out. Linters and compilers remember what they have seen, in folders that git ignores.
import path from 'node:path'
import { affectedTests, allFiles, changedFiles } from './affected.mjs'
import { durations } from './durations.mjs'
import { prepare, root } from './prepare.mjs'
import { runSteps, script, tool, turbo } from './steps.mjs'
import { isUnitTest } from './unit-tests.mjs'

/** How many seconds the tests that a change affects may take one after another; they run side by side. */
const mostSeconds = 60
/** What is assumed of a file that was not run here yet. */
const unknownSeconds = 5

const [option, since] = process.argv.slice(2)
if (option !== undefined && (option !== '--since' || since === undefined)) {
  console.log(
    [
      'npm run check                      format, lint, order of folders, types, unit tests, and tests near what changed',
      '                                   since this branch left main (on main: since the last commit)',
      'npm run check -- --since <commit>  the same, for what changed since a commit',
      '',
      'Lint looks only at files that changed themselves; npm run ok looks at all, and runs every test.',
    ].join('\n'),
  )
  process.exit(option === '--help' ? 0 : 1)
}

prepare()
const files = allFiles()
const { chosen, left } = chooseTests()
const cache = path.join(root, '.tools', 'cache')
const failed = runSteps([
  [
    'format',
    [
      ...tool('prettier', 'bin/prettier.cjs'),
      ...['--check', '--log-level=warn', '--cache', '--cache-strategy=content'],
      ...['--cache-location', path.join(cache, 'prettier'), '.'],
    ],
  ],
  [
    'lint',
    [
      ...tool('eslint', 'bin/eslint.js'),
      ...['--cache', '--cache-strategy=content', '--cache-location', path.join(cache, 'eslint'), '.'],
    ],
  ],
  ['order of folders', script('layers.mjs')],
  ['types of the packages and examples', [...turbo, 'types']],
  [
    'types of scripts and benchmarks',
    [
      ...tool('typescript', 'bin/tsc'),
      ...['-p', '.', '--incremental', '--tsBuildInfoFile', path.join(cache, 'scripts.tsbuildinfo')],
    ],
  ],
  ['tests', [...script('test.mjs'), '--project=!soak', '--project=!*-types', ...chosen]],
])

if (left.length > 0) {
  const seconds = Math.round(left.reduce((sum, each) => sum + each.seconds, 0))
  console.log(`not run: tests that the change may break, for want of time (some ${seconds} s of tests):`)
  console.log(`  npm test -- ${left.map(({ file }) => file).join(' ')}`)
}
console.log(
  'not run: unused exports, checks of the packages, generated code of the examples, soak tests, tests far from the change: npm run ok',
)
console.log(failed.length === 0 ? 'ok' : `not ok: ${failed.join(', ')}`)
process.exitCode = failed.length === 0 ? 0 : 1

/** Unit tests, tests that changed, then the quickest of the affected ones. */
function chooseTests() {
  const known = durations()
  const changed = changedFiles(since)
  const affected = affectedTests(files, changed)
    .filter(file => !isUnitTest(file) && !file.endsWith('.soak.test.ts'))
    .map(file => ({ file, seconds: known[file] ?? unknownSeconds, isChanged: changed.includes(file) }))
    .sort((a, b) => Number(b.isChanged) - Number(a.isChanged) || a.seconds - b.seconds)
  let sum = 0
  const fits = affected.filter(each => (sum += each.seconds) <= mostSeconds)
  return {
    chosen: [...files.filter(isUnitTest), ...fits.map(({ file }) => file)],
    left: affected.slice(fits.length),
  }
}
