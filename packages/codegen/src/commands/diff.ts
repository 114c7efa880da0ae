import { Option, type Command } from 'commander'
import { CodegenError } from '../contract/codegen-error.js'
import { describeDiff, diffContracts } from '../diff/diff-contracts.js'
import { loadContract, type LoadedContract } from '../contract/load-contract.js'

const help = `
Each is a module that exports a contract, or JSON: what \`simple-ipc openrpc\` wrote or serializeContract returned. One
of them may be - for the standard input, so git can hand in an older one:

  git show main:contract.ts | simple-ipc diff - contract.ts

What counts as breaking depends on which program is updated first. A new child meets old hosts: it must still accept
what they send, and they must accept what it answers (--first child, the default). A new host meets old children
(--first host). --first either: both happen.

Exit codes: 0 nothing differs, or compatibly; 1 a breaking difference; 2 failure.`

interface DiffFlags {
  first: 'child' | 'host' | 'either'
  contract?: string
  json?: boolean
  onlyJson?: boolean
}

/** `simple-ipc diff` */
export function addDiff(program: Command): void {
  program
    .command('diff')
    .description('Report which differences between two contracts break programs that use one of them')
    .argument('<old>', 'the file of the old contract')
    .argument('<new>', 'the file of the new contract')
    .addOption(
      new Option('--first <side>', 'which program is updated first')
        .choices(['child', 'host', 'either'])
        .default('child'),
    )
    .option('--contract <name>', 'which contract, if the modules export several')
    .option('--only-json', 'read no modules, whose code would run: contracts must be JSON')
    .option('--json', 'print the differences as JSON')
    .addHelpText('after', help)
    .action(async (old: string, young: string, flags: DiffFlags) => {
      if (old === '-' && young === '-')
        throw new CodegenError('Both contracts are -; only one can come from the standard input')
      const before = await loadContract(old, flags.contract, flags)
      const after = await loadContract(young, flags.contract, flags)
      const first = flags.first === 'either' ? (['child', 'host'] as const) : [flags.first]
      const changes = diffContracts(before.contract, after.contract, first)
      const named = ({ json: { name, version, hash } }: LoadedContract) => ({ name, version, hash })
      process.stdout.write(
        flags.json === true
          ? `${JSON.stringify({ old: named(before), new: named(after), differences: changes }, undefined, 2)}\n`
          : describeDiff(changes, first),
      )
      if (changes.some(({ breaking }) => breaking)) process.exitCode = 1
    })
}
