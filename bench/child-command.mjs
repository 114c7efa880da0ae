// @ts-check
import path from 'node:path'

/** The program that BENCH_CHILD names, or else a Node child: a script in a folder of this one. @param {string} script */
export const childCommand = script => {
  const program = process.env['BENCH_CHILD']
  return program === undefined ? [process.execPath, path.join(import.meta.dirname, script)] : [program]
}
