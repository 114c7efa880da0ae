// @ts-check
// The steps of `npm run ok` and `npm run check`: each is a program with its arguments. None stops the others.
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { root } from './prepare.mjs'

/** @typedef {readonly [name: string, command: readonly string[]]} Step */

/** A tool of node_modules. @param {string} name the package's folder @param {string} entry its command, as a path below it */
export const tool = (name, entry) => [process.execPath, path.join(root, 'node_modules', name, entry)]

/** A program of this folder. @param {string} name */
export const script = name => [process.execPath, path.join(root, 'scripts', name)]

export const turbo = [
  ...tool('turbo', 'bin/turbo'),
  'run',
  '--output-logs=errors-only',
  '--no-update-notifier',
]

/**
 * Runs steps one after the other and says how each went.
 * @param {readonly Step[]} steps
 * @returns {string[]} the names of those that failed
 */
export function runSteps(steps) {
  const env = { ...process.env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' }
  return steps.flatMap(([name, [file = '', ...args]]) => {
    const start = performance.now()
    const { status } = spawnSync(file, args, { cwd: root, stdio: 'inherit', env })
    const seconds = ((performance.now() - start) / 1000).toFixed(1)
    console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`)
    return status === 0 ? [] : [name]
  })
}
