import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const here = import.meta.dirname
const build = path.join(here, 'build')
const python = path.join(build, 'python')
const program = path.join(python, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python')

/**
 * Puts what the child needs into `build/`, and nowhere else: its generated code, and a Python environment with what is in
 * `requirements.txt`. Returns the Python to start it with.
 */
export function setUp(python3: string): string {
  mkdirSync(build, { recursive: true })
  const cli = path.join(path.dirname(fileURLToPath(import.meta.resolve('@simple-ipc/codegen'))), 'cli.js')
  run(process.execPath, cli, 'generate', 'contract.ts', '--lang', 'python', '--out', 'build/generated')
  const wanted = path.join(here, 'requirements.txt')
  const installed = path.join(python, 'requirements.txt')
  if (existsSync(installed) && readFileSync(installed, 'utf8') === readFileSync(wanted, 'utf8'))
    return program
  console.error(`Installing OpenTelemetry for Python into ${python} …`)
  rmSync(python, { recursive: true, force: true })
  run(python3, '-m', 'venv', python)
  run(program, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--requirement', wanted)
  // Last: a set-up that was broken off begins again.
  copyFileSync(wanted, installed)
  return program
}

function run(file: string, ...args: string[]): void {
  const { status, error, stdout, stderr } = spawnSync(file, args, { cwd: here, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${file} ${args.join(' ')} failed:\n${error?.message ?? stdout + stderr}`)
}
