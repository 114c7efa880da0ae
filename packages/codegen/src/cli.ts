#!/usr/bin/env node
import { Command, CommanderError } from 'commander'
import { CodegenError } from './codegen-error.js'
import { commands } from './commands/index.js'
import { version } from './generate.js'

const examples = `
Examples:
  simple-ipc generate contract.ts --lang python --out generated
  simple-ipc generate contract.ts --lang python --out generated --check   fails with a diff if files are out of date

Exit codes: 0 all is well; 1 the answer is no: --check found files out of date;
2 it could not be done: wrong arguments, a contract that is refused, files that cannot be written.`

const program = new Command('simple-ipc')
  .description('Typed clients and servers in other languages from a simple-ipc contract')
  .version(version)
  .addHelpText('after', examples)
  .exitOverride()
for (const add of commands) add(program)

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) {
    // Help and version are errors to commander; everything else it has already explained.
    process.exitCode = error.exitCode === 0 ? 0 : 2
  } else if (error instanceof CodegenError) {
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 2
  } else {
    throw error
  }
}
