// @ts-check
// Which tests a change may break, told from where its files lie; for `npm run check`, which has no time for all of them.
import { spawnSync } from 'node:child_process'
import { root } from './prepare.mjs'

const worker = 'packages/worker/src/'
const rpc = 'packages/rpc/src/'
const codegen = 'packages/codegen/src/'
const test = 'packages/codegen/test/'
const shared = [`${test}support/`, `${test}cases/`]

/** The tests of a language: what all languages are made of, and what is its own. @param {string} language */
const languageArea = language =>
  /** @type {const} */ ([
    `${test}${language}/`,
    [
      ...['contract', 'model', 'naming', 'print', `targets/${language}`].map(part => `${codegen}${part}/`),
      ...shared,
    ],
  ])

/** Folders of tests, each with what they depend on besides themselves. */
const areas = /** @type {const} */ ([
  ['packages/worker/test/', [worker]],
  ['packages/rpc/test/', [worker, rpc]],
  [`${test}generator/`, [rpc, codegen, 'packages/lsp/model/', `${test}golden/`, ...shared]],
  [`${test}support/`, [codegen]],
  [`${test}conversation/`, [worker, rpc, `${codegen}targets/`, ...shared]],
  [`${test}foreign/`, [`${codegen}targets/`, `${codegen}model/`, ...shared]],
  languageArea('python'),
  languageArea('go'),
  languageArea('typescript'),
  ['packages/lsp/test/', [worker, rpc, `${codegen}import/`, 'packages/lsp/']],
  ['packages/mcp/test/', [worker, rpc, `${codegen}import/`, 'packages/mcp/']],
  ['examples/', [worker, rpc, codegen, 'packages/lsp/src/', 'packages/mcp/src/']],
  [
    'test/',
    [
      rpc,
      codegen,
      'README.md',
      'packages/lsp/',
      'packages/mcp/',
      'bench/',
      'scripts/',
      'layers.config.mjs',
      'package-lock.json',
    ],
  ],
])

/** Every file of the project that git tracks or would. */
export const allFiles = () => lines('ls-files', '--cached', '--others', '--exclude-standard')

/**
 * What differs from a commit, by default from where this branch left main: on main itself, what is not committed.
 * @param {string} [since]
 */
export function changedFiles(since) {
  const base = since ?? forkPoint()
  return [...lines('diff', '--name-only', base), ...lines('ls-files', '--others', '--exclude-standard')]
}

function forkPoint() {
  for (const main of ['origin/main', 'main']) {
    const [base] = git('merge-base', 'HEAD', main).stdout.split('\n')
    if (base !== undefined && base !== '') return base
  }
  return 'HEAD'
}

/**
 * The test files that changed and those whose area something changed in.
 * @param {readonly string[]} files @param {readonly string[]} changed
 */
export function affectedTests(files, changed) {
  const within = (/** @type {readonly string[]} */ folders) =>
    changed.some(file => folders.some(folder => file.startsWith(folder)))
  const stirred = areas.filter(([tests, on]) => within([tests, ...on])).map(([tests]) => tests)
  return files.filter(
    file =>
      file.endsWith('.test.ts') && (changed.includes(file) || stirred.some(area => file.startsWith(area))),
  )
}

/** @param {string[]} args */
function lines(...args) {
  const { status, stdout, stderr } = git(...args)
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`)
  return stdout.split('\n').filter(line => line !== '')
}

/** @param {string[]} args */
function git(...args) {
  return spawnSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 })
}
