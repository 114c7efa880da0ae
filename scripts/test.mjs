// @ts-check
// `npm test [-- vitest arguments]`: every test. Installs and builds what is missing, then says how many passed and
// names what could not be tested because a program is absent; under CI=true an absent program fails the run.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { allFiles } from './affected.mjs'
import { rememberDurations } from './durations.mjs'
import { prepare, root } from './prepare.mjs'
import { absent, programs } from './required-programs.mjs'
import { isUnitTest } from './unit-tests.mjs'

const extra = process.argv.slice(2)
if (extra.includes('--help')) {
  console.log(
    [
      'npm test                      every test',
      'npm test -- --project worker  one project (worker, rpc, codegen, lsp, mcp, examples, repository; worker-types, rpc-types; soak)',
      'npm test -- split-lines       the files whose path holds this text',
      'npm run test:unit             the tests beside the sources, and the comparison of generated code',
    ].join('\n'),
  )
  process.exit(0)
}
const unit = extra.indexOf('--unit')
if (unit !== -1)
  extra.splice(unit, 1, '--project=!soak', '--project=!*-types', ...allFiles().filter(isUnitTest))

prepare()
const skipped = absent().map(name => `tests that drive ${name} (absent; Debian package ${programs[name]})`)
skipped.push(...setUpTools())

const folder = mkdtempSync(path.join(tmpdir(), 'simple-ipc-test-'))
const report = path.join(folder, 'report.json')
const vitest = path.join(root, 'node_modules', 'vitest', 'vitest.mjs')
const status = run(process.execPath, [
  vitest,
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
  ...extra,
])
/**
 * @type {{ numPassedTests: number, numFailedTests: number, numPendingTests: number,
 *   testResults: { name: string, startTime: number, endTime: number }[] }}
 */
const counted = existsSync(report)
  ? /** @type {typeof counted} */ (JSON.parse(readFileSync(report, 'utf8')))
  : { numPassedTests: 0, numFailedTests: 1, numPendingTests: 0, testResults: [] }
rmSync(folder, { recursive: true })
// A run of a few tests by name says nothing about their files.
if (status === 0 && !extra.some(each => each.startsWith('-t') || each.startsWith('--test')))
  rememberDurations(counted.testResults)

for (const each of skipped) console.log(`skipped: ${each}`)
console.log(
  `tests: ${counted.numPassedTests} passed, ${counted.numFailedTests} failed, ${counted.numPendingTests} skipped`,
)
if (skipped.length > 0 && process.env['CI'] === 'true') {
  console.log('CI=true: a skip for absence is a failure.')
  process.exitCode = 1
}
if (status !== 0) process.exitCode = 1

/** Puts the tools that check generated code into the project's folder; returns what could not be had. */
function setUpTools() {
  const script = path.join(root, 'packages', 'codegen', 'test', 'support', 'set-up-tools.mjs')
  const { status, stdout } = spawnSync(process.execPath, [script], {
    cwd: root,
    stdio: ['inherit', 'pipe', 'inherit'],
    encoding: 'utf8',
  })
  if (status !== 0) return ['the linters of generated code (setting them up failed)']
  const mark = 'skipped: '
  return stdout.split('\n').flatMap(line => (line.startsWith(mark) ? [line.slice(mark.length)] : []))
}

/** @param {string} file @param {readonly string[]} args */
function run(file, args) {
  const result = spawnSync(file, args, { cwd: root, stdio: 'inherit' })
  return result.status ?? 1
}
