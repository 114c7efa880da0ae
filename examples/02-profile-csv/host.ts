// Profiles a CSV file with a Python program, called like a function.
//
//   npm start                     the penguins in data/
//   npm start -- your.csv         any file
//
import path from 'node:path'
import { parseArgs, styleText } from 'node:util'
import { Client, RpcError } from '@simple-ipc/rpc'
import { find } from '../../scripts/required-programs.mjs'
import { profiler } from './contract.js'
import { generateStub } from './generate-stub.js'
import { ProgressBar } from './progress-bar.js'
import { report, type Column } from './report.js'

const help = `Profiles a CSV file: types, missing values, ranges, distinct and frequent values of each column.

  npm start                    a small file that comes with the example
  npm start -- your.csv        any file
  npm start -- --node your.csv with the child program in Node instead of Python
`

const here = import.meta.dirname
const skipped: string[] = []

/** The command that starts the child: Python where there is one, else the same contract in Node. */
function childCommand(preferNode: boolean): readonly string[] {
  const python = preferNode ? undefined : (find('python3') ?? find('python'))
  if (python !== undefined) {
    generateStub()
    return [python, path.join(here, 'profiler.py')]
  }
  if (!preferNode) skipped.push('python3 (absent; the same contract ran with a child program in Node)')
  return [process.execPath, '--import', import.meta.resolve('tsx'), path.join(here, 'profiler.ts')]
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      node: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) {
    process.stdout.write(help)
    return 0
  }
  if (positionals.length > 1) {
    process.stderr.write(`One file at a time, please; these are ${positionals.length}.\n\n${help}`)
    return 2
  }
  const file = path.resolve(positionals[0] ?? path.join(here, 'data', 'penguins.csv'))

  await using client = new Client(profiler, childCommand(values.node))
  const bar = new ProgressBar()
  const columns: Column[] = []
  try {
    const run = client.stream('profile', { path: file }, { onProgress: progress => bar.update(progress) })
    for await (const column of run) columns.push(column)
    const summary = await run.result
    bar.end()
    const bold = process.stdout.isTTY && process.env['NO_COLOR'] === undefined
    process.stdout.write(report(file, summary, columns, bold ? text => styleText('bold', text) : undefined))
  } catch (error) {
    bar.end()
    process.stderr.write(`${explain(client, error)}\n`)
    return 1
  }
  for (const each of skipped) process.stdout.write(`skipped: ${each}\n`)
  return 0
}

/** What went wrong, in a sentence for the person who named the file. */
function explain(client: Client<(typeof profiler)['spec']>, error: unknown): string {
  if (client.isError(error, 'profile', 'Unreadable')) return `${error.data.path}: ${error.data.reason}.`
  if (client.isError(error, 'profile', 'NotACsv')) {
    return `${error.data.path} is no CSV file: ${error.data.reason} (line ${error.data.line}).`
  }
  if (error instanceof RpcError) return error.message
  throw error
}

process.exitCode = await main().catch((error: unknown) => {
  if (error instanceof TypeError && 'code' in error) {
    process.stderr.write(`${error.message}\n\n${help}`)
    return 2
  }
  throw error
})
