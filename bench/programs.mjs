// @ts-check
// Programs in other languages: the code is generated, and built where a language is compiled.
import { spawnSync } from 'node:child_process'
import { cpSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '..')

/** The command of a program written by hand, and of one that uses the generated code. */
/** @typedef {{ bare: readonly [string, ...string[]], generated: readonly [string, ...string[]] }} Commands */

/**
 * A language whose programs are in `<language>/` beside the contract of a suite: `bare` and `child`.
 * @typedef {object} Language
 * @property {string} missing what the machine lacks for it; empty if nothing
 * @property {(source: string, folder: string) => Commands} prepare generates and builds, from the folder of a suite, into a folder of its own
 */

const python = ['python3', 'python'].find(
  name => spawnSync(name, ['-c', 'import sys; assert sys.version_info >= (3, 10)']).status === 0,
)

/** @type {Readonly<Record<'python' | 'go', Language>>} */
export const languages = {
  python: {
    missing: python === undefined ? 'python3, version 3.10 or later' : '',
    prepare(source, folder) {
      generate(source, 'python', folder)
      cpSync(path.join(source, 'python'), folder, { recursive: true })
      const program = (/** @type {string} */ name) =>
        /** @type {const} */ ([python ?? 'python3', path.join(folder, name)])
      return { bare: program('bare.py'), generated: program('child.py') }
    },
  },
  go: {
    missing: spawnSync('go', ['version']).status === 0 ? '' : 'go, version 1.22 or later',
    prepare(source, folder) {
      generate(source, 'go', folder, ['--go-import', 'bench/generated'])
      cpSync(path.join(source, 'go'), folder, { recursive: true })
      writeFileSync(path.join(folder, 'go.mod'), 'module bench\n\ngo 1.22\n')
      const built = (/** @type {string} */ program) => {
        const file = path.join(folder, process.platform === 'win32' ? `${program}.exe` : `${program}.out`)
        const { status, stderr } = spawnSync('go', ['build', '-o', file, `./${program}`], {
          cwd: folder,
          encoding: 'utf8',
        })
        if (status !== 0) throw new Error(`The Go program ${program} could not be built:\n${stderr}`)
        return /** @type {const} */ ([file])
      }
      return { bare: built('bare'), generated: built('child') }
    },
  },
}

/**
 * Generates the code of `contract.mjs` into `generated`, in a folder that is emptied.
 * @param {string} source @param {string} language @param {string} folder @param {readonly string[]} [more]
 */
export function generate(source, language, folder, more = []) {
  rmSync(folder, { recursive: true, force: true })
  const cli = path.join(root, 'packages', 'codegen', 'dist', 'cli.js')
  const contract = path.join(source, 'contract.mjs')
  const args = [
    cli,
    'generate',
    contract,
    '--lang',
    language,
    '--out',
    path.join(folder, 'generated'),
    ...more,
  ]
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`The code for ${language} could not be generated:\n${stdout}${stderr}`)
}

/**
 * The contenders of each language that this machine has; the others are named.
 * @param {Readonly<Record<string, Language>>} all @param {string} source the folder of a suite @param {string} name of the suite
 * @param {(language: string, commands: Commands) => import('./define-suite.mjs').Contenders} contenders
 */
export function inLanguages(all, source, name, contenders) {
  /** @type {Record<string, import('./define-suite.mjs').Contender>} */
  const found = {}
  for (const [language, { missing, prepare }] of Object.entries(all)) {
    const folder = path.join(root, 'bench', 'build', name, language)
    if (missing === '') Object.assign(found, contenders(language, prepare(source, folder)))
    else console.log(`\n${name}: ${language} is left out, for this machine lacks ${missing}`)
  }
  return found
}
