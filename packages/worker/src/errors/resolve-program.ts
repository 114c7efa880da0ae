import { accessSync, closeSync, constants, openSync, readSync, statSync } from 'node:fs'
import path from 'node:path'
import { findOnWindows } from './find-on-windows.js'

/** The attempt to start a program, as errors describe it. */
export interface StartAttempt {
  command: readonly [string, ...string[]]
  /** Whether the command was given as one string, which was split at spaces. */
  fromString?: boolean
  cwd: string | undefined
  env: Readonly<Record<string, string>>
}

/** Where the system looks for the program: the first file that exists, executable ones first. */
export function resolveProgram(attempt: StartAttempt): string | undefined {
  const { command, env } = attempt
  const [name] = command
  const cwd = folderOf(attempt)
  if (process.platform === 'win32')
    return findOnWindows(name, { cwd, env, isFile: file => kindOfPath(file) === 'file' })
  if (name.includes('/')) {
    const file = path.resolve(cwd, name)
    return kindOfPath(file) && file
  }
  const found = (searchPath(env) ?? '')
    .split(path.delimiter)
    .map(folder => path.resolve(cwd, folder, name))
    .filter(file => kindOfPath(file) !== undefined)
  return found.find(isExecutable) ?? found[0]
}

/** The working directory as an absolute path. The host's own may have been removed under it. */
export function folderOf({ cwd = '' }: StartAttempt): string {
  let host: string
  try {
    host = process.cwd()
  } catch {
    host = process.env['PWD'] ?? path.sep
  }
  return path.resolve(host, cwd)
}

export function searchPath(env: Readonly<Record<string, string>>): string | undefined {
  return env['PATH'] ?? Object.entries(env).find(([name]) => name.toUpperCase() === 'PATH')?.[1]
}

export function kindOfPath(file: string): 'file' | 'directory' | undefined {
  try {
    return statSync(file).isDirectory() ? 'directory' : 'file'
  } catch {
    return undefined
  }
}

export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return kindOfPath(file) === 'file'
  } catch {
    return false
  }
}

/** The first 256 bytes of a file; none if it cannot be read. */
export function firstBytes(file: string): Buffer {
  const bytes = Buffer.alloc(256)
  try {
    const descriptor = openSync(file, 'r')
    try {
      return bytes.subarray(0, readSync(descriptor, bytes))
    } finally {
      closeSync(descriptor)
    }
  } catch {
    return bytes.subarray(0, 0)
  }
}
