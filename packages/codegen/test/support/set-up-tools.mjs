// @ts-check
// Puts the tools that check generated code into .tools at the root of the repository, and nowhere else. Over in a
// moment when they are there. A language whose own tools are absent is skipped by name.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const here = path.dirname(fileURLToPath(import.meta.url))
const tools = path.resolve(here, '..', '..', '..', '..', '.tools')

const staticcheck = 'honnef.co/go/tools/cmd/staticcheck@v0.8.2'

setUpPython()
setUpGo()

function setUpPython() {
  const requirements = path.join(here, '..', 'python', 'requirements.txt')
  const wanted = readFileSync(requirements, 'utf8')
  const folder = path.join(tools, 'python')
  const stamp = path.join(folder, 'requirements.txt')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  const python = ['python3', 'python'].find(
    name => run(name, ['-c', 'import sys; assert sys.version_info >= (3, 10)']) === '',
  )
  if (python === undefined) {
    console.log('skipped: Python’s linters (there is no python3 of version 3.10 or later)')
    return
  }
  console.error('Installing mypy and ruff into .tools/python …')
  mkdirSync(tools, { recursive: true })
  rmSync(folder, { recursive: true, force: true })
  const failure = run(python, ['-m', 'venv', folder])
  if (failure !== '') {
    rmSync(folder, { recursive: true, force: true })
    console.log('skipped: Python’s linters (python3 has no venv module; Debian’s package is python3-venv)')
    return
  }
  const program = path.join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python')
  const args = [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    '--requirement',
    requirements,
  ]
  const why = run(program, args)
  if (why !== '') {
    rmSync(folder, { recursive: true, force: true })
    console.log(
      `skipped: Python’s linters (pip could not install them: ${why.trim().split('\n').at(-1) ?? ''})`,
    )
    return
  }
  writeFileSync(stamp, wanted)
}

function setUpGo() {
  const folder = path.join(tools, 'go')
  const stamp = path.join(folder, 'staticcheck.txt')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === staticcheck) return
  const version = spawnSync('go', ['version'], { encoding: 'utf8' }).stdout ?? ''
  if (!/go1\.(?:2[2-9]|[3-9]\d)/.test(version)) {
    console.log(
      `skipped: Go’s linters (${version === '' ? 'there is no go' : `${version.trim()} is here`}; it takes 1.22 or later)`,
    )
    return
  }
  console.error('Installing staticcheck into .tools/go …')
  mkdirSync(folder, { recursive: true })
  const env = {
    ...process.env,
    GOBIN: path.join(folder, 'bin'),
    GOCACHE: path.join(folder, 'cache'),
    GOMODCACHE: path.join(folder, 'modules'),
    // Else the cache could not be removed without the go command.
    GOFLAGS: '-modcacherw',
  }
  const why = run('go', ['install', staticcheck], env)
  if (why === '') writeFileSync(stamp, staticcheck)
  else
    console.log(
      `skipped: Go’s linters (staticcheck could not be installed: ${why.trim().split('\n').at(-1) ?? ''})`,
    )
}

/**
 * Runs a program; gives an empty text if all went well, else what it said.
 * @param {string} file @param {string[]} args @param {NodeJS.ProcessEnv} env
 */
function run(file, args, env = process.env) {
  const { status, error, stdout, stderr } = spawnSync(file, args, { env, encoding: 'utf8' })
  if (status === 0) return ''
  return error ? error.message : `${stdout}${stderr}` || `${file} failed`
}
