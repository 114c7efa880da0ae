// @ts-check
// Generates the code of the examples from their contracts; with --check it writes nothing and fails on a difference.
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { root } from './prepare.mjs'

/** Contract → languages; the output goes to `generated` beside the contract. */
const contracts = /** @type {const} */ ([['examples/02-profile-csv/contract.ts', 'python']])

const cli = path.join(root, 'packages', 'codegen', 'dist', 'cli.js')
for (const [contract, languages] of contracts) {
  const out = path.join(path.dirname(contract), 'generated')
  const args = [cli, 'generate', contract, '--lang', languages, '--out', out, ...process.argv.slice(2)]
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' })
  if (status !== 0) process.exitCode = 1
}
