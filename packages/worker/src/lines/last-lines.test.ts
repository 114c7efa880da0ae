import { expect, test } from 'vitest'
import { LastLines } from './last-lines.js'

test('the last twenty lines are kept, in their order, each cut at a thousand characters', () => {
  const last = new LastLines()
  expect(last.toArray()).toEqual([])
  for (let count = 0; count < 5; count++) last.push(String(count))
  expect(last.toArray()).toEqual(['0', '1', '2', '3', '4'])
  for (let count = 5; count < 47; count++) last.push(String(count))
  expect(last.toArray()).toEqual(Array.from({ length: 20 }, (_, index) => String(27 + index)))
  last.push('x'.repeat(5000))
  expect(last.toArray().at(-1)).toBe(`${'x'.repeat(1000)}…`)
})
