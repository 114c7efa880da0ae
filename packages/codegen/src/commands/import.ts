import { Option, type Command } from 'commander'
import {
  jsonSchemaSource,
  lspSource,
  openRpcSource,
  programSource,
  type JsonSchemaFlags,
  type OpenRpcFlags,
} from '../import/import-sources.js'
import { runImport, type ImportFlags, type Source } from '../import/run-import.js'

const help = `
A document is JSON or YAML; files that it refers to with $ref, such as "other.yaml#/definitions/Name", are read too.

Whatever a contract cannot express exactly is refused, with its place and the reason. A file for --exceptions says what
to use there instead: a JSON list of { "path", "instead", "reason" }, where path is the place that the refusal names (*
stands for one step of it, ** for any number), and instead is a schema ({} for any value), "joined" for one object with
the members of all branches of a union that cannot be distinguished, or "nothing" to leave it out. With "since" and
"until" it is for some revisions of the document only. --suggest writes such a file, with what else can be chosen.

Exit codes: 0 success; 1 --check found the file out of date; 2 failure.`

const examples = `
Examples:
  simple-ipc import openrpc openrpc.json --out contract.ts
  simple-ipc import json-schema definitions.yaml --out contract.ts --suggest exceptions.json
  simple-ipc import lsp metaModel.json --exceptions exceptions.json --out contract.ts
  simple-ipc import --out contract.ts -- python3 child.py`

/** `simple-ipc import` */
export function addImport(program: Command): void {
  const group = program
    .command('import')
    .description('Write a contract from a description in another language')
    .addHelpText('after', examples)
  described(common(group.command('openrpc')))
    .description('From an OpenRPC document')
    .argument('<file>', 'the document, or - for the standard input')
    .action((file: string, flags: OpenRpcFlags) => run(openRpcSource(file, flags), flags))
  common(group.command('json-schema'))
    .description('From JSON Schema definitions: the types of a contract, to which you add methods')
    .argument('<file>', 'the document with $defs or definitions, or - for the standard input')
    .option('--name <name>', 'the name of the contract; by default that of the file')
    .action((file: string, flags: JsonSchemaFlags) => run(jsonSchemaSource(file, flags), flags))
  common(group.command('lsp'))
    .description('From the meta model of the Language Server Protocol')
    .argument('<file>', 'metaModel.json of the specification, or - for the standard input')
    .action((file: string, flags: ImportFlags) => run(lspSource(file, flags), flags))
  described(common(group.command('program', { isDefault: true })))
    .description('From a running program: what it answers to rpc.discover')
    .argument('<command...>', 'after --: the program and its arguments')
    .action(async (command: [string, ...string[]], flags: OpenRpcFlags) =>
      run(await programSource(command, flags), flags),
    )
}

/** What a document about methods leaves open. */
const described = (command: Command): Command =>
  command
    .addOption(
      new Option('--params <structure>', 'how params travel where the document says either')
        .choices(['by-name', 'by-position'])
        .default('by-name'),
    )
    .addOption(
      new Option(
        '--foreign [cancel]',
        'the program does not speak this protocol; how its calls are cancelled (default: none)',
      ).choices(['lsp', 'mcp', 'none']),
    )

const common = (command: Command): Command =>
  command
    .option('--out <file>', 'the TypeScript file to write, or - for the standard output')
    .option('--exceptions <file>', 'what to use in place of whatever a contract cannot express')
    .option('--suggest <file>', 'write exceptions for all that is refused, after those that are in the file')
    .option('--revision <revision>', 'which revision of the document it is, if it does not say so itself')
    .option('--check', 'write nothing; fail with a diff if the file is not up to date')
    .option('--quiet', 'print nothing on success')
    .addHelpText('after', help)

function run(source: Source, flags: ImportFlags): void {
  if (!runImport(source, flags)) process.exitCode = 1
}
