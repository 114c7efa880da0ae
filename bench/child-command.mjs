// @ts-check
import { spawn } from 'node:child_process'
import path from 'node:path'

/**
 * The command of the child that is measured: what BENCH_CHILD says, a list in JSON, or else a Node child.
 * @param {string} script of the Node child, in a folder of this one
 * @returns {[string, ...string[]]}
 */
export const childCommand = script => {
  const command = process.env['BENCH_CHILD']
  if (command === undefined) return [process.execPath, path.join(import.meta.dirname, script)]
  const list = /** @type {unknown} */ (JSON.parse(command))
  return /** @type {[string, ...string[]]} */ (list)
}

/** The environment in which a contender starts this command. @param {readonly string[]} command */
export const withChild = command => ({ BENCH_CHILD: JSON.stringify(command) })

/** Starts the child that is measured, with its stderr on ours. @param {string} script of the Node child, in a folder of this one */
export function startChild(script) {
  const [command, ...args] = childCommand(script)
  return spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] })
}
