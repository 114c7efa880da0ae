import { expect, it } from 'vitest'
import { compareRandomly } from '../support/agreement.js'

it('imported schemas accept what JSON Schemas accept, for many of them', { timeout: 300_000 }, () => {
  const found = compareRandomly(1, 5000)
  expect(found.disagreements).toEqual([])
  expect(found.accepted).toBeGreaterThan(1000)
})
