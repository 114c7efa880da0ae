import type { Command } from 'commander'
import { languages, targetOf } from '../generate/generate.js'
import { runGenerate, type GenerateFlags } from '../generate/run-generate.js'

const help = `
The contract is a module that exports what defineContract returned, in TypeScript or JavaScript; or JSON: what
\`simple-ipc openrpc\` wrote or serializeContract returned. A package that exports it is named as an import names it:
@my/contracts/profiler. - is the standard input.

Without a contract, what simple-ipc.config.ts says is generated, found in this folder or above it. It may also be
.mts, .js, .mjs or .json, and flags win over it:

  import { defineConfig } from '@simple-ipc/codegen'
  export default defineConfig({ contract: 'contract.ts', out: { ${languages[0] ?? ''}: 'generated' } })

Languages:
${languages.map(name => `  ${name.padEnd(12)}${targetOf(name).title}`).join('\n')}

All files of all languages are written, or none. Files of an older runtime that no longer exist are deleted, and so are
those of a contract that the configuration no longer names or that has another name now; what was not generated is
never touched.

Examples:
  simple-ipc generate contract.ts --lang python --out generated
  simple-ipc generate contract.ts --out python=py/generated
  simple-ipc generate --check

Exit codes: 0 success; 1 --check found files out of date; 2 failure.`

/** `simple-ipc generate` */
export function addGenerate(program: Command): void {
  program
    .command('generate')
    .description('Generate code from contracts')
    .argument(
      '[contract]',
      'the file of the contract, or its package; without it, all that the configuration names',
    )
    .option('--lang <languages>', `one or several, separated by commas: ${languages.join(', ')}`)
    .option(
      '--out <folder>',
      'where to write, below it <language>/ if there are several; or <language>=<folder>,…',
    )
    .option('--contract <name>', 'which contract, if the module exports several')
    .option('--config <file>', 'the configuration, instead of looking for simple-ipc.config.ts')
    .option('--go-import <path>', 'the import path of the folder of Go, where there is no go.mod above it')
    .option('--check', 'write nothing; fail with a diff if the files are not up to date')
    .option(
      '--only-json',
      'read no modules, whose code would run: contracts and the configuration must be JSON',
    )
    .option('--list', 'print the names of the languages, one per line, and do nothing else')
    .option('--quiet', 'print nothing on success')
    .addHelpText('after', help)
    .action(async (contract: string | undefined, flags: GenerateFlags & { list?: boolean }) => {
      if (flags.list === true) process.stdout.write(languages.map(name => `${name}\n`).join(''))
      else if (!(await runGenerate(contract, flags))) process.exitCode = 1
    })
}
