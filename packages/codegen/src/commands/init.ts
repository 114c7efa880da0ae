import type { Command } from 'commander'
import { languages, targetOf } from '../generate/generate.js'
import { runInit, type InitFlags } from '../init/run-init.js'

const names = languages.filter(name => targetOf(name).skeleton !== undefined)

const help = `
Writes into the folder:
  contract.ts            three methods to begin with, if there is no contract yet
  simple-ipc.config.ts   what \`simple-ipc generate\` generates, if there is none yet, here or above
  generated/             the generated code
  the child program      with a handler for each method of the contract, to be filled in
  host.ts                which starts it and calls each method once (host.mjs where the contract is JavaScript)

Nothing is overwritten: if one of your files is there, nothing is written.

Examples:
  simple-ipc init python
  simple-ipc init python contract.ts --folder child

Exit codes: 0 success; 2 failure.`

/** `simple-ipc init` */
export function addInit(program: Command): void {
  program
    .command('init')
    .description('Create a child program in another language')
    .argument('<language>', names.join(', '))
    .argument(
      '[contract]',
      'the file of the contract; by default contract.ts in the folder, which is written if absent',
    )
    .option('--folder <folder>', 'where to write', '.')
    .option('--contract <name>', 'which contract, if the module exports several')
    .addHelpText('after', help)
    .action((language: string, contract: string | undefined, flags: InitFlags) =>
      runInit(language, contract, flags),
    )
}
