#!/usr/bin/env node
import { Command, CommanderError } from 'commander'
import { CodegenError } from './contract/codegen-error.js'
import { commands } from './commands/index.js'
import { version } from './output/package.js'

const help = `
simple-ipc <command> --help explains a command.

Exit codes of all commands: 0 success; 1 the answer is no (files are out of date, a difference is breaking);
2 failure (wrong arguments, a contract that is refused, a file that cannot be read or written).`

const program = new Command('simple-ipc')
  .description('Typed clients and servers in other languages from a simple-ipc contract')
  .version(version)
  .addHelpText('after', help)
  .showHelpAfterError('(--help explains the arguments)')
  .exitOverride()
for (const add of commands) add(program)

// Whoever reads our output may stop reading: `| head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

try {
  if (process.argv.length <= 2) program.outputHelp()
  else await program.parseAsync()
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
// A contract's module may keep the process alive, with a timer or a connection. What was printed goes out first.
process.stdout.write('', () => process.stderr.write('', () => process.exit()))
