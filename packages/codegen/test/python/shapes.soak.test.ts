import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { discover, serializeContract } from '@simple-ipc/rpc'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generate } from '../../src/generate/generate.js'
import { gates } from '../support/gates.js'
import { Random } from '../support/random.js'
import { randomContract } from '../support/random-contract.js'

const gate = gates['python']

describe.skipIf(gate?.available !== true)('Python of contracts of chance', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'simple-ipc-'))
    const files = Array.from({ length: 60 }, (_, seed) => {
      const contract = randomContract(new Random(seed))
      // Side by side, with one runtime.
      const own = { ...contract, name: `${contract.name} ${seed}` }
      return generate(serializeContract(own), 'python', discover(own))
    }).flat()
    gate?.prepare(folder, files)
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it.each(Object.keys(gate?.tools ?? {}))('passes %s untouched', { timeout: 240_000 }, tool => {
    expect(gate?.tools[tool]?.(folder)).toBe('')
  })
})
