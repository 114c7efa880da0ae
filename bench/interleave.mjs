// @ts-check
import { spawnSync } from 'node:child_process'

/**
 * Runs every contender once to warm the file cache, then once a round; a contender's rounds are in the order in which
 * they ran, so that the n-th runs of two contenders were measured next to each other.
 * @param {Readonly<Record<string, import('./define-suite.mjs').Contender>>} contenders @param {import('./define-suite.mjs').Input} input
 * @param {{ rounds: number, warmUp: boolean }} options
 * @returns {Record<string, import('./define-suite.mjs').Run[]>}
 */
export function interleave(contenders, input, { rounds, warmUp }) {
  /** @type {Record<string, import('./define-suite.mjs').Run[]>} */
  const runs = Object.fromEntries(Object.keys(contenders).map(name => [name, []]))
  for (let round = warmUp ? 0 : 1; round <= rounds; round += 1) {
    for (const [name, contender] of Object.entries(contenders)) {
      progress(round === 0 ? `warm-up: ${name}` : `round ${round} of ${rounds}: ${name}`)
      const run = once(name, contender, input)
      if (round > 0) runs[name]?.push(run)
    }
  }
  progress('')
  return runs
}

/** One line that is written over, where somebody looks. @param {string} text */
function progress(text) {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`)
}

/** @param {string} name @param {import('./define-suite.mjs').Contender} contender @param {import('./define-suite.mjs').Input} input */
function once(name, contender, input) {
  const {
    script,
    env = {},
    command = [process.execPath],
  } = typeof contender === 'string' ? { script: contender } : contender
  const [file = '', ...before] = command
  const { status, error, stdout, stderr } = spawnSync(file, [...before, script, ...input.args], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  })
  if (status !== 0) throw new Error(`${name} failed: ${error?.message ?? ''}\n${stdout}${stderr}`)
  const run = /** @type {import('./define-suite.mjs').Run} */ (JSON.parse(stdout))
  if (run.count !== input.count)
    throw new Error(`${name} counted ${run.count} ${input.unit}, not ${input.count}`)
  return run
}
