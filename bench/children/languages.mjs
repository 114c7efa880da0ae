// @ts-check
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import typescript from 'typescript'
import { generate, languages as others } from '../programs.mjs'

const here = import.meta.dirname

/**
 * The languages whose generated child is measured beside the loop that one writes by hand there. Another one joins in
 * `programs.mjs`, with a folder of its two programs here.
 * @type {Readonly<Record<string, import('../programs.mjs').Language>>}
 */
export const languages = {
  ...others,
  typescript: {
    missing: '',
    prepare(source, folder) {
      generate(source, 'typescript', folder)
      const compiled = (/** @type {string} */ file) =>
        typescript.transpileModule(readFileSync(file, 'utf8'), {
          compilerOptions: { module: typescript.ModuleKind.ESNext, target: typescript.ScriptTarget.ES2022 },
        }).outputText
      const written = (/** @type {string} */ name, /** @type {string} */ text) => {
        writeFileSync(path.join(folder, name), text)
        return /** @type {const} */ ([process.execPath, path.join(folder, name)])
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
}
