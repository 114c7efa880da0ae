import { Command } from 'commander'
import { runImportLsp, type ImportFlags } from '../import/run-import.js'

const exceptionsHelp = `
What cannot be carried faithfully is refused, with its place and the reason. A file for --exceptions says what stands
there instead: a JSON list of { "path", "instead", "reason" }, where path is the place that the refusal names, and
instead is a schema ({} for any value), "joined" for one object with the members of all branches of a union that cannot
be told apart, or "nothing" to leave it out. An exception that nothing needs is refused too.`

/** `simple-ipc import` */
export function addImport(program: Command): void {
  const group = program
    .command('import')
    .description('Write a contract from a description in another language')
  common(group.command('lsp'))
    .description('From the meta model of the Language Server Protocol')
    .argument('<file>', 'metaModel.json of the specification, or - for the standard input')
    .addHelpText('after', exceptionsHelp)
    .action((file: string, flags: ImportFlags) => runImportLsp(file, flags))
}

const common = (command: Command): Command =>
  command
    .requiredOption('--out <file>', 'the TypeScript file to write, or - for the standard output')
    .option('--exceptions <file>', 'what stands in the place of that which cannot be carried')
    .option('--check', 'write nothing; fail with a diff if the file is not up to date')
    .option('--quiet', 'print nothing when all is well')
