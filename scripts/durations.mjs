// @ts-check
// How long each file of tests took when it was last run here: `npm run check` runs what fits into its time.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { root } from './prepare.mjs'

const memory = path.join(root, '.tools', 'test-durations.json')

/** Seconds by file, as a path from the root; empty where nothing is known. */
export function durations() {
  /** @type {Record<string, number>} */
  let known = {}
  try {
    known = JSON.parse(readFileSync(memory, 'utf8'))
  } catch {
    // Nothing was run here yet, or the file is damaged: times are only a help.
  }
  return known
}

/** @param {readonly { name: string, startTime: number, endTime: number }[]} results as vitest reports them */
export function rememberDurations(results) {
  const known = durations()
  for (const { name, startTime, endTime } of results)
    known[path.relative(root, name).replaceAll(path.sep, '/')] = Math.round(endTime - startTime) / 1000
  mkdirSync(path.dirname(memory), { recursive: true })
  writeFileSync(memory, JSON.stringify(known))
}
