// @ts-check
// `npm run ok`: everything a contributor must pass, in order of speed; stops at nothing, and names what failed.
import { spawnSync } from 'node:child_process'
import { prepare, root } from './prepare.mjs'
import { runSteps, script, tool, turbo } from './steps.mjs'

if (process.argv.includes('--help')) {
  console.log('npm run ok   everything a change must pass; npm run check is its fast part')
  process.exit(0)
}

prepare()
const before = treeState()
const failed = runSteps([
  ['format', [...tool('prettier', 'bin/prettier.cjs'), '--check', '--log-level=warn', '.']],
  ['lint', [...tool('eslint', 'bin/eslint.js'), '.']],
  ['layers', script('layers.mjs')],
  ['types of the packages and examples', [...turbo, 'types']],
  ['types of scripts and benchmarks', [...tool('typescript', 'bin/tsc'), '-p', '.']],
  ['unused files, exports and dependencies', tool('knip', 'bin/knip.js')],
  ['publint', [...turbo, 'publint']],
  ['are the types wrong', [...turbo, 'attw']],
  ['generated code is up to date', [...script('generate.mjs'), '--check']],
  ['tests', script('test.mjs')],
])
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
