import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process'
import { createRequire } from 'node:module'
import type { StderrMode } from './program-options.js'
import { folderOf, kindOfPath, resolveProgram, type StartAttempt } from '../errors/resolve-program.js'
import { readyWatchdog } from './watchdog.js'

interface Start {
  command: string
  args: readonly string[]
  options: SpawnOptions
}
type Parse = (file: string, args: readonly string[], options: SpawnOptions) => Start

const windows = process.platform === 'win32'

/**
 * Starts a program with pipes, on POSIX in a session of its own: Ctrl-C in the host's terminal does not reach it, and
 * its number is the number of its group. Node opens the pipes close-on-exec, so that no other program holds them.
 */
export function spawnProgram(attempt: StartAttempt, stderr: StderrMode = 'inherit'): ChildProcess {
  const { command, cwd, env } = attempt
  const [file, ...args] = command
  readyWatchdog()
  const options: SpawnOptions = {
    env,
    stdio: ['pipe', 'pipe', stderr === 'inherit' || stderr === 'ignore' ? stderr : 'pipe'],
    // On Windows this would open a console window.
    detached: !windows,
    windowsHide: true,
    ...(cwd !== undefined && { cwd }),
  }
  if (!windows) return spawn(file, args, options)
  const start = windowsStart(attempt, options)
  return spawn(start.command, start.args, start.options)
}

/**
 * On Windows `.cmd` and `.bat` run through `cmd.exe`, and escaping for that is a science of its own. A program that is not there
 * is not given to it: `cmd.exe` itself would start, and exit.
 */
function windowsStart(attempt: StartAttempt, options: SpawnOptions): Start {
  const [name, ...args] = attempt.command
  const file = resolveProgram(attempt)
  if (file === undefined && kindOfPath(folderOf(attempt)) === 'directory')
    throw Object.assign(new Error(`spawn ${name} ENOENT`), {
      code: 'ENOENT',
      syscall: `spawn ${name}`,
      path: name,
    })
  const require = createRequire(import.meta.url)
  const { _parse: parse } = require('cross-spawn') as { _parse: Parse }
  return parse(file ?? name, args, options)
}
