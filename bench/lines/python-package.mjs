// @ts-check
import { spawnSync } from 'node:child_process'
import { existsSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'

const version = '1.2.1'

/**
 * Where the Python package simple-ipc lies, for PYTHONPATH: it is installed into the folder of the build, once.
 * Undefined if there is no Python or the package cannot be had.
 */
export function pythonPackage() {
  const folder = path.join(import.meta.dirname, '..', 'build', `python-simple-ipc-${version}`)
  if (existsSync(folder)) return folder
  const args = ['-m', 'pip', 'install', '--quiet', '--no-deps', '--disable-pip-version-check', '--target']
  const { status } = spawnSync('python3', [...args, `${folder}.part`, `simple-ipc==${version}`])
  if (status === 0) renameSync(`${folder}.part`, folder)
  else rmSync(`${folder}.part`, { recursive: true, force: true })
  return status === 0 ? folder : undefined
}
