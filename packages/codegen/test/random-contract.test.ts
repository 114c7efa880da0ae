import { serializeContract } from '@simple-ipc/rpc'
import { expect, it } from 'vitest'
import { generate } from '../src/generate.js'
import { Random } from './random.js'
import { randomContract } from './random-contract.js'

it('makes the same contract of the same seed, and no two alike of two seeds', () => {
  const made = (seed: number): string => JSON.stringify(serializeContract(randomContract(new Random(seed))))
  expect(made(1)).toBe(made(1))
  expect(made(2)).not.toBe(made(1))
})

it('makes contracts of which code can be generated', { timeout: 60_000 }, () => {
  for (let seed = 0; seed < 40; seed++) {
    const contract = serializeContract(randomContract(new Random(seed)))
    for (const language of ['python', 'typescript']) expect(generate(contract, language)).not.toEqual([])
  }
})
