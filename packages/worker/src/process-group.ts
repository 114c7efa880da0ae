import { spawn, spawnSync } from 'node:child_process'

const windows = process.platform === 'win32'

/**
 * Sends a signal to a program and everything in its group. Returns the system's error code if nothing got it: ESRCH
 * when none is left, EPERM when they belong to somebody else. On Windows every signal ends the tree.
 */
export function signalGroup(group: number, signal: NodeJS.Signals): string | undefined {
  if (windows) {
    spawn('taskkill', ['/pid', String(group), '/T', '/F'], { stdio: 'ignore', windowsHide: true }).on(
      'error',
      () => {
        process.kill(group)
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
 * Resolves when no process of a killed group is left, or after a second: a process whose parent does not fetch its
 * exit code stays in the table for ever, dead.
 */
export async function groupGone(group: number): Promise<void> {
  if (windows) return
  for (let pause = 1, waited = 0; waited < 1000; waited += pause, pause = Math.min(pause * 2, 50)) {
    if (trySignal(group, 0) === 'ESRCH') return
    await new Promise(resolve => setTimeout(resolve, pause))
  }
}

function trySignal(group: number, signal: NodeJS.Signals | 0): string | undefined {
  try {
    process.kill(-group, signal)
    return undefined
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'EUNKNOWN'
  }
}
