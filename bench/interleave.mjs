// @ts-check
import { spawnSync } from 'node:child_process'

/**
 * Runs every contender once to warm the file cache, then once a round; a contender's rounds are in the order in which
 * they ran, so that the n-th times of two contenders were measured next to each other.
 * @param {Readonly<Record<string, import('./suite.mjs').Contender>>} contenders @param {import('./suite.mjs').Input} input @param {number} rounds
 * @returns {Record<string, number[]>} seconds
 */
export function interleave(contenders, input, rounds) {
  /** @type {Record<string, number[]>} */
  const seconds = Object.fromEntries(Object.keys(contenders).map(name => [name, []]))
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, contender] of Object.entries(contenders)) {
      const time = once(name, contender, input)
      if (round > 0) seconds[name]?.push(time)
    }
    process.stderr.write(round === 0 ? 'warm-up done\n' : `round ${round} of ${rounds}\n`)
  }
  return seconds
}

/** @param {string} name @param {import('./suite.mjs').Contender} contender @param {import('./suite.mjs').Input} input */
function once(name, contender, input) {
  const { script, env } = typeof contender === 'string' ? { script: contender, env: {} } : contender
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...input.args], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  })
  if (status !== 0) throw new Error(`${name} failed:\n${stdout}${stderr}`)
  const { seconds, count } = /** @type {{ seconds: number, count: number }} */ (JSON.parse(stdout))
  if (count !== input.count) throw new Error(`${name} counted ${count} ${input.unit}, not ${input.count}`)
  return seconds
}
