import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { inTests, repository } from './paths.js'

// Where the tools are that check generated code: project-local, put there by set-up-tools.mjs.

const tools = path.join(repository, '.tools')
const bin = path.join(tools, 'python', process.platform === 'win32' ? 'Scripts' : 'bin')

export const mypy = path.join(bin, 'mypy')
export const ruff = path.join(bin, 'ruff')
export const ruffConfig = inTests('python', 'ruff.toml')
const require = createRequire(import.meta.url)
export const pyright = require.resolve('pyright/index.js')
export const hasPythonTools = existsSync(mypy) && existsSync(ruff)

export const python = ['python3', 'python'].find(
  name => spawnSync(name, ['-c', 'import sys; assert sys.version_info >= (3, 10)']).status === 0,
)

/** The oldest that is supported, which is not on every machine. */
export const oldestPython = ['python3.10'].find(
  name => spawnSync(name, ['-c', 'import sys; assert sys.version_info[:2] == (3, 10)']).status === 0,
)

export const go = ['go'].find(name =>
  /go1\.(?:2[2-9]|[3-9]\d)/.test(spawnSync(name, ['version'], { encoding: 'utf8' }).stdout),
)
const goFolder = path.join(tools, 'go')
export const gofmt = 'gofmt'
export const staticcheck = path.join(
  goFolder,
  'bin',
  process.platform === 'win32' ? 'staticcheck.exe' : 'staticcheck',
)
export const hasGoTools = go !== undefined && existsSync(staticcheck)
/**
 * Everything that Go keeps lies in the project's folder, and nothing is fetched. Without the paths of folders in what is compiled,
 * a package is compiled once for all the temporary folders in which it is the same.
 */
export const goEnvironment = {
  ...process.env,
  GOCACHE: path.join(goFolder, 'cache'),
  GOMODCACHE: path.join(goFolder, 'modules'),
  GOFLAGS: '-mod=mod -modcacherw -trimpath',
  GOPROXY: 'off',
  GOTOOLCHAIN: 'local',
  STATICCHECK_CACHE: path.join(goFolder, 'staticcheck'),
}

/** The race detector needs a C compiler. */
export const hasRaceDetector =
  go !== undefined &&
  spawnSync(go, ['env', 'CGO_ENABLED'], { encoding: 'utf8' }).stdout.trim() === '1' &&
  spawnSync(spawnSync(go, ['env', 'CC'], { encoding: 'utf8' }).stdout.trim(), ['--version']).status === 0

/** Generated code lies in this module's root. */
export const goModule = { importPath: 'example.com/app' }
export const goMod = 'module example.com/app\n\ngo 1.22\n'

/** What a tool says when it is not content; an empty text if it is. */
export function complaints(
  file: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv = process.env,
): string {
  const { status, stdout, stderr, error } = spawnSync(file, args, { cwd, env, encoding: 'utf8' })
  // gofmt reports success with its complaints.
  if (status === 0) return file === gofmt ? stdout : ''
  return error === undefined ? `${stdout}${stderr}` || `${file} failed` : error.message
}
