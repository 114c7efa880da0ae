import path from 'node:path'
import type { Command } from 'commander'
import { loadContract } from '../contract/load-contract.js'
import { writeFiles } from '../output/write-files.js'

const help = `
The document follows https://spec.open-rpc.org, version 1.3.2. What OpenRPC cannot express is in members that begin
with x-: streams, progress, the host's side. \`simple-ipc generate\` and \`simple-ipc diff\` read it again.

Examples:
  simple-ipc openrpc contract.ts
  simple-ipc openrpc contract.ts --out openrpc.json

Exit codes: 0 success; 2 failure.`

/** `simple-ipc openrpc` */
export function addOpenrpc(program: Command): void {
  program
    .command('openrpc')
    .description('Print a contract as an OpenRPC document')
    .argument('<contract>', 'the file of the contract; - is the standard input')
    .option('--out <file>', 'write it into a file instead')
    .option('--contract <name>', 'which contract, if the module exports several')
    .option('--only-json', 'read no modules, whose code would run: the contract must be JSON')
    .addHelpText('after', help)
    .action(async (file: string, flags: { out?: string; contract?: string; onlyJson?: boolean }) => {
      const { openrpc } = await loadContract(file, flags.contract, flags)
      const text = `${JSON.stringify(openrpc, undefined, 2)}\n`
      if (flags.out === undefined) process.stdout.write(text)
      else writeFiles(path.dirname(flags.out), [{ path: path.basename(flags.out), text }])
    })
}
