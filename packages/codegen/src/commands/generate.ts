import type { Command } from 'commander'
import { languages } from '../generate.js'
import { runGenerate, type GenerateFlags } from '../run-generate.js'

/** `simple-ipc generate` */
export function addGenerate(program: Command): void {
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
}
