import { readdirSync } from 'node:fs'
import path from 'node:path'
import { commandText } from './exit-report.js'
import { suggestList } from './suggest-list.js'
import { printable } from './printable.js'
import {
  firstBytes,
  folderOf,
  isExecutable,
  kindOfPath,
  resolveProgram,
  searchPath,
  type StartAttempt,
} from './resolve-program.js'
import { WorkerError } from './worker-error.js'

/** The system's error for a start that failed → one that says what was looked for and where. */
export function startError(cause: unknown, attempt: StartAttempt): WorkerError {
  const code = (cause as NodeJS.ErrnoException).code ?? ''
  const reason = reasonOf(code, attempt) ?? (cause instanceof Error ? cause.message : String(cause))
  const list = code === 'ENOENT' || code === 'EACCES' ? listHint(attempt) : undefined
  const hint = list === undefined ? '' : `; ${list}`
  return new WorkerError('START_FAILED', `Cannot start ${commandText(attempt.command)}: ${reason}${hint}`, {
    cause,
    shortMessage: `The program cannot be started${code === '' ? '' : ` (${code})`}`,
  })
}

/** What to pass instead of a string whose quotes or spaces were not taken as they were meant. */
export const listHint = (attempt: StartAttempt): string | undefined =>
  suggestList(attempt, program => {
    const file = resolveProgram({ ...attempt, command: [program] })
    return file !== undefined && isExecutable(file)
  })

function reasonOf(code: string, attempt: StartAttempt): string | undefined {
  const { command } = attempt
  const cwd = folderOf(attempt)
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EACCES') {
    const folder = kindOfPath(cwd)
    if (folder !== 'directory')
      return `the working directory ${printable(cwd)} ${folder === undefined ? 'does not exist' : 'is no directory'} (${code})`
  }
  const file = resolveProgram(attempt)
  const where = `cwd ${printable(cwd)}; PATH ${printable(searchPath(attempt.env) ?? '(not set)', 2000)}`
  switch (code) {
    case 'ENOENT': {
      const interpreter = file && interpreterOf(file)
      if (interpreter)
        return `${printable(file)} exists, but its first line names the interpreter ${printable(interpreter)}, which does not (ENOENT; ${where})`
      return file
        ? `${printable(file)} exists, but a program or library that it needs to start does not (ENOENT; ${where})`
        : `no such program (ENOENT): ${soughtFor(attempt)} (${where})`
    }
    case 'EACCES':
      if (!file) return `permission denied (EACCES): ${soughtFor(attempt)} (${where})`
      return kindOfPath(file) === 'directory'
        ? `${printable(file)} is a directory (EACCES; ${where})`
        : `${printable(file)} is not executable, or a folder on the way to it is closed (EACCES): chmod +x makes it so (${where})`
    case 'ENOEXEC':
      return `${printable(file ?? command[0])} is no program for this system (ENOEXEC): wrong processor, or a script without a #! line (${where})`
    case 'EMFILE':
    case 'ENFILE':
      return `too many open files (${code}): each running program takes three or four descriptors${openDescriptors()}; stop workers that are done, or raise ulimit -n (${where})`
    case 'EAGAIN':
    case 'ENOMEM':
      return `the system has no room for another process (${code}): stop workers that are done, or raise ulimit -u (${where})`
    case 'E2BIG':
      return `the arguments and the environment are too long for this system (E2BIG): send the data through stdin instead`
    default:
      return undefined
  }
}

function soughtFor(attempt: StartAttempt): string {
  const [name] = attempt.command
  return /[/\\]/.test(name)
    ? `looked for ${printable(path.resolve(folderOf(attempt), name))}`
    : `looked for ${printable(name)} in each folder of PATH`
}

/** What the `#!` line of a script names, if it has one. */
function interpreterOf(file: string): string | undefined {
  return /^#![ \t]*([^\s]+)/.exec(firstBytes(file).toString('latin1'))?.[1]
}

function openDescriptors(): string {
  try {
    return `, and this process has ${readdirSync('/proc/self/fd').length} open`
  } catch {
    return ''
  }
}
