import { spawn, spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

const windows = process.platform === 'win32'

/**
 * Sends a signal to a program and everything in its group. Returns the system's error code if nothing got it: ESRCH
 * when none is left, EPERM when they belong to another user. On Windows every signal ends the tree.
 */
export function signalGroup(group: number, signal: NodeJS.Signals): string | undefined {
  if (windows) {
    spawn('taskkill', ['/pid', String(group), '/T', '/F'], { stdio: 'ignore', windowsHide: true }).on(
      'error',
      () => {
        tryTo(() => process.kill(group))
      },
    )
    return undefined
  }
  return trySignal(group, signal)
}

/** The same from an exit hook, where nothing can be waited for. */
export function signalGroupSync(group: number, signal: NodeJS.Signals): void {
  if (windows)
    spawnSync('taskkill', ['/pid', String(group), '/T', '/F'], { stdio: 'ignore', windowsHide: true })
  else trySignal(group, signal)
}

/**
 * To be called in the turn in which a program has exited: kills what it left in its group. The promise, if something
 * was left, resolves when that is dead. On Windows a tree whose root has exited can no longer be found.
 */
export function killLeftovers(group: number): Promise<void> | undefined {
  return windows || trySignal(group, 'SIGKILL') !== undefined ? undefined : groupGone(group)
}

/** Resolves when no process of a killed group is alive, or after a second: some wait inside the system. */
async function groupGone(group: number): Promise<void> {
  for (let pause = 1, waited = 0; waited < 1000; waited += pause, pause = Math.min(pause * 2, 50)) {
    if (trySignal(group, 0) === 'ESRCH') return
    // A dead process whose exit code is never fetched stays in the table: forever, where PID 1 is not an init.
    if (waited > 10 && allDead(group)) return
    await new Promise(resolve => setTimeout(resolve, pause))
  }
}

/** Whether the system's table, where it can be read, has no process of the group that is alive. */
function allDead(group: number): boolean {
  try {
    return readdirSync('/proc').every(name => !/^\d/.test(name) || !livesIn(name, group))
  } catch {
    return false
  }
}

function livesIn(pid: string, group: number): boolean {
  try {
    // pid (name) state parent group …, and a name may hold spaces and parentheses.
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    const [state = '', , itsGroup] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return Number(itsGroup) === group && !'ZX'.includes(state)
  } catch {
    return false
  }
}

function trySignal(group: number, signal: NodeJS.Signals | 0): string | undefined {
  return tryTo(() => process.kill(-group, signal))
}

function tryTo(kill: () => void): string | undefined {
  try {
    kill()
    return undefined
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'EUNKNOWN'
  }
}
