import { spawn, type ChildProcess } from 'node:child_process'
import type { Socket } from 'node:net'
import { signalGroupSync } from './process-group.js'
import { watchdogScript } from './watchdog-script.js'

/**
 * No program outlives its host, however the host ends. An `exit` hook sends SIGTERM to the living groups; a tiny `sh`
 * in a session of its own, one per host, learns of each group through a pipe, and when that pipe ends, which no death
 * of the host can prevent, it gives them a second and kills them. So no signal handler is needed. On Windows there is
 * only the hook.
 */
const living = new Set<number>()
let watchdog: { process: ChildProcess; input: Socket } | undefined

/** To be called before a program starts: between its start and its registration nothing should be slow. */
export function readyWatchdog(): void {
  if (process.platform === 'win32' || watchdog) return
  try {
    startWatchdog()
  } catch {
    // As below: the exit hook is left.
  }
}

function startWatchdog(): void {
  const started = spawn('/bin/sh', ['-c', watchdogScript], {
    cwd: '/',
    env: { PATH: '/usr/bin:/bin' },
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  const input = started.stdin as Socket | null | undefined
  // Without sh, or without a free descriptor, there is the exit hook alone; the next program tries again.
  const since = performance.now()
  const gone = (): void => {
    if (watchdog?.process !== started) return
    watchdog = undefined
    // It was killed. Killing it repeatedly takes one kill per second.
    if (started.pid === undefined || living.size === 0) return
    const pause = Math.max(0, 1000 - (performance.now() - since))
    setTimeout(() => living.size > 0 && readyWatchdog(), pause).unref()
  }
  started.on('error', gone)
  started.on('exit', gone)
  if (started.pid === undefined || !input) {
    input?.destroy()
    return
  }
  input.on('error', gone)
  started.unref()
  input.unref()
  watchdog = { process: started, input }
  for (const group of living) input.write(`+ ${group}\n`)
}

/** From now on the group ends with the host. */
export function watch(group: number): void {
  if (living.size === 0) process.on('exit', endAll)
  living.add(group)
  watchdog?.input.write(`+ ${group}\n`)
}

/** The group is gone, and its id may soon belong to another one. */
export function forget(group: number): void {
  living.delete(group)
  if (living.size === 0) process.off('exit', endAll)
  watchdog?.input.write(`- ${group}\n`)
}

function endAll(): void {
  // The watchdog, if it is alive, kills those that ignore this.
  for (const group of living) signalGroupSync(group, watchdog ? 'SIGTERM' : 'SIGKILL')
}
