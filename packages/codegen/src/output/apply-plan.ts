import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { CodegenError, reasonOf } from '../contract/codegen-error.js'
import type { PlannedFile } from './plan-files.js'

/** A temporary name next to the file until the run is over; the number is the process's. */
const beside = (file: string, kind: 'new' | 'old'): string =>
  path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}.simple-ipc-${kind}`)
const leftover = /^\..+\.(\d+)\.simple-ipc-(?:new|old)$/

/**
 * Does what is planned, all of it or nothing, in all folders together. Each file is first written whole beside its
 * place, and what is there is kept; then all are moved into place. If anything fails, everything is put back, and the
 * CodegenError says what it was. A signal that would end the process waits until it is done.
 */
export function applyPlan(plan: readonly PlannedFile[]): void {
  const touched = plan.filter(({ state }) => state !== 'unchanged')
  undisturbed(() => {
    const undo: (() => void)[] = []
    try {
      for (const file of touched) stage(file, undo)
      for (const file of touched) put(file, undo)
    } catch (error) {
      const unmended = putBack(undo)
      tidy(plan)
      const rest = unmended.length === 0 ? 'Nothing was written' : `Not everything could be put back`
      throw new CodegenError([`${rest}: ${reasonOf(error)}`, ...unmended].join('\n  '))
    }
    tidy(plan)
    for (const { path: file, state } of touched) if (state === 'obsolete') removeIfEmpty(path.dirname(file))
  })
}

/** A folder whose last file was deleted. */
function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder)
  } catch {
    // There is more in it.
  }
}

/** The new text beside the file's place, and a copy of what is there: from here on nothing but a name is changed. */
function stage(file: PlannedFile, undo: (() => void)[]): void {
  if (file.after !== undefined) {
    makeFolder(path.dirname(path.resolve(file.path)), undo)
    writeFileSync(beside(file.path, 'new'), file.after, { flush: true })
  }
  if (file.before !== undefined) copyFileSync(file.path, beside(file.path, 'old'))
}

function put(file: PlannedFile, undo: (() => void)[]): void {
  undo.push(
    file.before === undefined
      ? () => rmSync(file.path, { force: true })
      : () => renameSync(beside(file.path, 'old'), file.path),
  )
  if (file.after === undefined) rmSync(file.path)
  else renameSync(beside(file.path, 'new'), file.path)
}

/** Returns what could not be undone. */
function putBack(undo: readonly (() => void)[]): string[] {
  const failed: string[] = []
  // Folders come last: they are empty only when their files are gone.
  for (const step of undo.toReversed()) {
    try {
      step()
    } catch (error) {
      failed.push(reasonOf(error))
    }
  }
  return failed
}

/** One by one: Node's recursive mkdir never returns where a folder that is there refuses with ENOENT, as /proc does. */
function makeFolder(folder: string, undo: (() => void)[]): void {
  if (existsSync(folder)) return
  makeFolder(path.dirname(folder), undo)
  mkdirSync(folder)
  undo.push(() => {
    tidyFolder(folder)
    // Another program may have put something there meanwhile.
    if (readdirSync(folder).length === 0) rmdirSync(folder)
  })
}

/** Removes temporary files, also those of runs that were killed. */
function tidy(files: readonly PlannedFile[]): void {
  for (const folder of new Set(files.map(file => path.dirname(file.path)))) tidyFolder(folder)
}

function tidyFolder(folder: string): void {
  let names: string[] = []
  try {
    names = readdirSync(folder)
  } catch {
    // It was never made.
  }
  for (const name of names) {
    const pid = leftover.exec(name)?.[1]
    if (pid !== undefined && (Number(pid) === process.pid || !isAlive(Number(pid))))
      rmSync(path.join(folder, name), { force: true })
  }
}

/** Another run may be at work in the same folder. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Runs the synchronous `act` to its end whatever signal comes. */
function undisturbed(act: () => void): void {
  const wait = (): void => undefined
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.on(signal, wait)
  try {
    act()
  } finally {
    for (const signal of signals) process.off(signal, wait)
  }
}
