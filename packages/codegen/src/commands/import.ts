import { Option, type Command } from 'commander'
import {
  runImportJsonSchema,
  runImportLsp,
  runImportOpenRpc,
  type ImportFlags,
  type JsonSchemaFlags,
  type OpenRpcFlags,
} from '../import/run-import.js'

const help = `
Whatever a contract cannot express exactly is refused, with its place and the reason. A file for --exceptions says what
to use there instead: a JSON list of { "path", "instead", "reason" }, where path is the place that the refusal names, and
instead is a schema ({} for any value), "joined" for one object with the members of all branches of a union that cannot
be distinguished, or "nothing" to leave it out. An exception that nothing needs is refused too.

Exit codes: 0 success; 1 --check found the file out of date; 2 failure.`

const examples = `
Examples:
  simple-ipc import openrpc openrpc.json --out contract.ts
  simple-ipc import json-schema definitions.json --out contract.ts
  simple-ipc import lsp metaModel.json --exceptions exceptions.json --out contract.ts`

/** `simple-ipc import` */
export function addImport(program: Command): void {
  const group = program
    .command('import')
    .description('Write a contract from a description in another language')
    .addHelpText('after', examples)
  common(group.command('openrpc'))
    .description('From an OpenRPC document, in JSON')
    .argument('<file>', 'the document, or - for the standard input')
    .addOption(
      new Option('--params <structure>', 'how params travel where the document says either')
        .choices(['by-name', 'by-position'])
        .default('by-name'),
    )
    .addOption(foreign())
    .action((file: string, flags: OpenRpcFlags) => report(runImportOpenRpc(file, flags)))
  common(group.command('json-schema'))
    .description('From JSON Schema definitions: the types of a contract, to which you add methods')
    .argument('<file>', 'the document with $defs or definitions, or - for the standard input')
    .option('--name <name>', 'the name of the contract; by default that of the file')
    .action((file: string, flags: JsonSchemaFlags) => report(runImportJsonSchema(file, flags)))
  common(group.command('lsp'))
    .description('From the meta model of the Language Server Protocol')
    .argument('<file>', 'metaModel.json of the specification, or - for the standard input')
    .action((file: string, flags: ImportFlags) => report(runImportLsp(file, flags)))
}

const foreign = (): Option =>
  new Option(
    '--foreign [cancel]',
    'the program does not speak this protocol; how its calls are cancelled (default: none)',
  ).choices(['lsp', 'mcp', 'none'])

const common = (command: Command): Command =>
  command
    .requiredOption('--out <file>', 'the TypeScript file to write, or - for the standard output')
    .option('--exceptions <file>', 'what to use in place of whatever a contract cannot express')
    .option('--check', 'write nothing; fail with a diff if the file is not up to date')
    .option('--quiet', 'print nothing on success')
    .addHelpText('after', help)

const report = (isUpToDate: boolean): void => {
  if (!isUpToDate) process.exitCode = 1
}
