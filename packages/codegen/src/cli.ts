#!/usr/bin/env node
import { Command, CommanderError } from 'commander'
import { CodegenError } from './codegen-error.js'
import { languages, version } from './generate.js'
import { runGenerate, type GenerateFlags } from './run-generate.js'

const examples = `
Examples:
  simple-ipc generate contract.ts --lang python --out generated
  simple-ipc generate contract.ts --lang python --out generated --check   fails with a diff if files are out of date

Exit codes: 0 all is well, 1 the contract, the files or --check, 2 wrong arguments.`

const program = new Command('simple-ipc')
  .description('Typed clients and servers in other languages from a simple-ipc contract')
  .version(version)
  .addHelpText('after', examples)
  .exitOverride()

program
  .command('generate')
  .description('Generate code from a contract')
  .argument('<contract>', 'the module that exports the contract, in TypeScript or JavaScript')
  .requiredOption('--lang <languages>', `one or several, with commas between: ${languages.join(', ')}`)
  .requiredOption('--out <folder>', 'where to write; <language>=<folder>,… for a folder of its own each')
  .option('--contract <name>', 'which contract, if the module exports several')
  .option('--check', 'write nothing; fail with a diff if the files are not up to date')
  .option('--quiet', 'print nothing when all is well')
  .action((contract: string, flags: GenerateFlags) => runGenerate(contract, flags))

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) {
    // Help and version are errors to commander; everything else it has already explained.
    process.exitCode = error.exitCode === 0 ? 0 : 2
  } else if (error instanceof CodegenError) {
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  } else {
    throw error
  }
}
