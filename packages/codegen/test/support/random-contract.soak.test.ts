import { serializeContract } from '@simple-ipc/rpc'
import { expect, it } from 'vitest'
import { generate } from '../../src/generate/generate.js'
import { Random } from './random.js'
import { randomContract } from './random-contract.js'
import { goModule } from './toolchains.js'

it('makes the same contract of the same seed, and no two alike of two seeds', () => {
  const made = (seed: number): string => JSON.stringify(serializeContract(randomContract(new Random(seed))))
  expect(made(1)).toBe(made(1))
  expect(made(2)).not.toBe(made(1))
})

it('makes contracts of which code can be generated', { timeout: 60_000 }, () => {
  // The last ones have lists to which others may come among values of other kinds.
  for (const seed of [...Array(40).keys(), 109, 142, 249, 375]) {
    const contract = serializeContract(randomContract(new Random(seed)))
    for (const language of ['python', 'typescript', 'go'])
      expect(generate(contract, language, undefined, goModule)).not.toEqual([])
  }
})
