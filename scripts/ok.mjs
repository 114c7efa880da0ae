// @ts-check
// `npm run ok`: everything a contributor must pass, in order of speed; stops at nothing, and names what failed.
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { prepare, root } from './prepare.mjs'

prepare()

/** @param {string} name the package's folder @param {string} entry its command, as a path below it */
const tool = (name, entry) => [process.execPath, path.join(root, 'node_modules', name, entry)]
const turbo = [...tool('turbo', 'bin/turbo'), 'run', '--output-logs=errors-only', '--no-update-notifier']

/** @type {readonly (readonly [string, readonly string[]])[]} */
const steps = [
  ['format', [...tool('prettier', 'bin/prettier.cjs'), '--check', '--log-level=warn', '.']],
  ['lint', [...tool('eslint', 'bin/eslint.js'), '.']],
  ['types of the packages and examples', [...turbo, 'types']],
  ['types of scripts and benchmarks', [...tool('typescript', 'bin/tsc'), '-p', '.']],
  ['unused files, exports and dependencies', [...tool('knip', 'bin/knip.js')]],
  ['publint', [...turbo, 'publint']],
  ['are the types wrong', [...turbo, 'attw']],
  ['generated code is up to date', [process.execPath, path.join(root, 'scripts', 'generate.mjs'), '--check']],
  ['tests', [process.execPath, path.join(root, 'scripts', 'test.mjs')]],
]

const before = treeState()
/** @type {string[]} */
const failed = []
for (const [name, [file = '', ...args]] of steps) {
  const start = performance.now()
  const { status } = spawnSync(file, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' },
  })
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`)
  if (status !== 0) failed.push(name)
}
if (treeState() !== before) {
  failed.push('a clean tree')
  console.log(
    'FAILED a clean tree: the steps above changed files that git tracks or does not ignore; see git status',
  )
}
console.log(failed.length === 0 ? 'ok' : `not ok: ${failed.join(', ')}`)
process.exitCode = failed.length === 0 ? 0 : 1

/** What git sees as changed, with contents: the same before and after, whatever was already being worked on. */
function treeState() {
  const git = (/** @type {string[]} */ ...args) =>
    spawnSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 30 }).stdout
  return git('status', '--porcelain') + git('diff', 'HEAD')
}
