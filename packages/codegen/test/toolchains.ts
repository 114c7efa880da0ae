import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

// Where the tools are that check generated code: project-local, put there by set-up-tools.mjs.

const tools = path.resolve(import.meta.dirname, '..', '..', '..', '.tools')
const bin = path.join(tools, 'python', process.platform === 'win32' ? 'Scripts' : 'bin')

export const mypy = path.join(bin, 'mypy')
export const ruff = path.join(bin, 'ruff')
export const ruffConfig = path.join(import.meta.dirname, 'python', 'ruff.toml')
const require = createRequire(import.meta.url)
export const pyright = require.resolve('pyright/index.js')
export const hasPythonTools = existsSync(mypy) && existsSync(ruff)

export const python = ['python3', 'python'].find(
  name => spawnSync(name, ['-c', 'import sys; assert sys.version_info >= (3, 10)']).status === 0,
)

/** What a tool says when it is not content; an empty text if it is. */
export function complaints(file: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr, error } = spawnSync(file, args, { cwd, encoding: 'utf8' })
  if (status === 0) return ''
  return error === undefined ? `${stdout}${stderr}` || `${file} failed` : error.message
}
