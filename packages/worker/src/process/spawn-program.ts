import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process'
import { createRequire } from 'node:module'
import type { StderrMode } from './program-options.js'
import type { StartAttempt } from '../errors/resolve-program.js'
import { readyWatchdog } from './watchdog.js'

type Spawn = (file: string, args: readonly string[], options: SpawnOptions) => ChildProcess

const windows = process.platform === 'win32'

/**
 * Starts a program with pipes, on POSIX in a session of its own: Ctrl-C in the host's terminal does not reach it, and
 * its number is the number of its group. Node opens the pipes close-on-exec, so that no other program holds them.
 */
export function spawnProgram(
  { command, cwd, env }: StartAttempt,
  stderr: StderrMode = 'inherit',
): ChildProcess {
  const [file, ...args] = command
  readyWatchdog()
  return (windows ? windowsSpawn() : spawn)(file, args, {
    env,
    stdio: ['pipe', 'pipe', stderr === 'inherit' || stderr === 'ignore' ? stderr : 'pipe'],
    // On Windows this would open a console window.
    detached: !windows,
    windowsHide: true,
    ...(cwd !== undefined && { cwd }),
  })
}

/** On Windows `.cmd` and `.bat` run through `cmd.exe`, and escaping for that is a science of its own. */
function windowsSpawn(): Spawn {
  const require = createRequire(import.meta.url)
  return require('cross-spawn') as Spawn
}
