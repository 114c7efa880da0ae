import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** Brings `generated/` up to date with the contract, as `npx simple-ipc generate` does; throws if that fails. */
export function generateStub(): void {
  const cli = path.join(path.dirname(fileURLToPath(import.meta.resolve('@simple-ipc/codegen'))), 'cli.js')
  const args = [cli, 'generate', 'contract.ts', '--lang', 'python', '--out', 'generated']
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: import.meta.dirname,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`The Python stub could not be generated:\n${stdout}${stderr}`)
}
