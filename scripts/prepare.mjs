// @ts-check
// What every command does first, so that each works as the first one in a fresh clone: install the npm packages into
// node_modules and build the packages. Both are over in a moment when nothing has changed. Nothing outside the
// project's folder is touched. Node's own modules only: nothing is installed yet when this runs.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))

const oldestNode = [20, 19]

/** Installs and builds what is missing or has changed. Ends the process with a message when that fails. */
export function prepare() {
  requireNode()
  install()
  build()
}

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const [oldestMajor = 0, oldestMinor = 0] = oldestNode
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return
  fail(`Node ${oldestNode.join('.')} or newer is needed; this is ${process.version} (${process.execPath}).`)
}

function install() {
  const stamp = path.join(root, 'node_modules', '.installed-from')
  const wanted = fingerprint()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  progress('Installing npm packages into node_modules …')
  const npm = process.env['npm_execpath']
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error']
  // Started by npm (the usual way), its own script is at hand; else npm is looked for on PATH, on Windows as npm.cmd.
  if (npm?.endsWith('.js')) run('npm ci', process.execPath, [npm, ...args])
  else run('npm ci', 'npm', args, process.platform === 'win32')
  writeFileSync(stamp, wanted)
}

/** Changes when the lock file or any workspace's package.json does. */
function fingerprint() {
  const files = ['package.json', 'package-lock.json', 'examples/package.json']
  for (const name of readdirSync(path.join(root, 'packages'))) files.push(`packages/${name}/package.json`)
  const hash = createHash('sha256').update(`${process.platform} ${process.arch} ${process.versions.modules}`)
  for (const file of files)
    if (existsSync(path.join(root, file))) hash.update(readFileSync(path.join(root, file)))
  return hash.digest('hex')
}

function build() {
  if (!existsSync(path.join(root, 'packages', 'codegen', 'dist'))) progress('Building the packages …')
  const turbo = path.join(root, 'node_modules', 'turbo', 'bin', 'turbo')
  run('the build', process.execPath, [
    turbo,
    'run',
    'build',
    '--output-logs=errors-only',
    '--no-update-notifier',
  ])
  linkCommand()
}

/** npm links no command whose program is not built yet; the tests of the guides call it as users do. */
function linkCommand() {
  const link = path.join(root, 'node_modules', '.bin', 'simple-ipc')
  if (existsSync(link) || process.platform === 'win32') return
  rmSync(link, { force: true })
  chmodSync(path.join(root, 'packages', 'codegen', 'dist', 'cli.js'), 0o755)
  symlinkSync(path.join('..', '@simple-ipc', 'codegen', 'dist', 'cli.js'), link)
}

/**
 * Runs a program in the project's folder; silent when all is well, its whole output when not.
 * @param {string} what @param {string} file @param {readonly string[]} args
 */
function run(what, file, args, shell = false) {
  const env = { ...process.env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' }
  const { status, error, stdout, stderr } = spawnSync(file, args, { cwd: root, env, shell, encoding: 'utf8' })
  if (status === 0) return
  process.stderr.write(`${stdout}${stderr}`)
  fail(error ? `${what} could not be started: ${error.message}` : `${what} failed; its output is above.`)
}

/** @param {string} text */
function progress(text) {
  process.stderr.write(`${text}\n`)
}

/** @param {string} text @returns {never} */
function fail(text) {
  process.stderr.write(`${text}\n`)
  process.exit(1)
}
