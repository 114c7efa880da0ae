// @ts-check
import { spawnSync } from 'node:child_process'
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import typescript from 'typescript'

const here = import.meta.dirname
const root = path.resolve(here, '..', '..')

/**
 * A language whose generated child is measured beside the loop that one writes by hand there. Another one joins by an
 * entry in the list below and a folder with its two programs.
 * @typedef {object} Language
 * @property {string} name
 * @property {string} missing what the machine lacks for it; empty if nothing
 * @property {(folder: string) => Commands} prepare generates and builds into a folder that is its own
 */
/** @typedef {{ bare: readonly string[], generated: readonly string[] }} Commands */

const python = ['python3', 'python'].find(
  name => spawnSync(name, ['-c', 'import sys; assert sys.version_info >= (3, 10)']).status === 0,
)

/** @type {readonly Language[]} */
export const languages = [
  {
    name: 'python',
    missing: python === undefined ? 'python3, version 3.10 or later' : '',
    prepare(folder) {
      generate('python', folder)
      const child = path.join(folder, 'child.py')
      cpSync(path.join(here, 'python', 'child.py'), child)
      const program = python ?? 'python3'
      return { bare: [program, path.join(here, 'python', 'bare.py')], generated: [program, child] }
    },
  },
  {
    name: 'go',
    missing: spawnSync('go', ['version']).status === 0 ? '' : 'go, version 1.22 or later',
    prepare(folder) {
      generate('go', folder, ['--go-import', 'bench/generated'])
      cpSync(path.join(here, 'go'), folder, { recursive: true })
      writeFileSync(path.join(folder, 'go.mod'), 'module bench\n\ngo 1.22\n')
      const built = (/** @type {string} */ program) => {
        const file = path.join(folder, process.platform === 'win32' ? `${program}.exe` : `${program}.out`)
        const { status, stderr } = spawnSync('go', ['build', '-o', file, `./${program}`], {
          cwd: folder,
          encoding: 'utf8',
        })
        if (status !== 0) throw new Error(`The Go program ${program} could not be built:\n${stderr}`)
        return file
      }
      return { bare: [built('bare')], generated: [built('child')] }
    },
  },
  {
    name: 'typescript',
    missing: '',
    prepare(folder) {
      generate('typescript', folder)
      const compiled = (/** @type {string} */ source) =>
        typescript.transpileModule(readFileSync(source, 'utf8'), {
          compilerOptions: { module: typescript.ModuleKind.ESNext, target: typescript.ScriptTarget.ES2022 },
        }).outputText
      const written = (/** @type {string} */ name, /** @type {string} */ text) => {
        writeFileSync(path.join(folder, name), text)
        return [process.execPath, path.join(folder, name)]
      }
      written('adder.mjs', compiled(path.join(folder, 'generated', 'adder.ts')))
      return {
        bare: written('bare.mjs', compiled(path.join(here, 'typescript', 'bare.ts'))),
        // Not a file of the repository: it could not be type-checked before the generator has run.
        generated: written(
          'child.mjs',
          "import { serveAdder } from './adder.mjs'\n\nserveAdder({ add: ({ a, b }) => a + b })\n",
        ),
      }
    },
  },
]

/**
 * Generates the contract's code into `generated`, in a folder that is emptied.
 * @param {string} language @param {string} folder @param {readonly string[]} [more]
 */
function generate(language, folder, more = []) {
  rmSync(folder, { recursive: true, force: true })
  const cli = path.join(root, 'packages', 'codegen', 'dist', 'cli.js')
  const out = path.join(folder, 'generated')
  const args = [cli, 'generate', path.join(here, 'contract.mjs'), '--lang', language, '--out', out, ...more]
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`The code for ${language} could not be generated:\n${stdout}${stderr}`)
}
