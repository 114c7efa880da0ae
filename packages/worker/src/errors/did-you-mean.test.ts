import { expect, test } from 'vitest'
import { didYouMean } from './did-you-mean.js'

test.each([
  ['strat', ['stop', 'start'], "; did you mean 'start'?"],
  ['STOP', ['stop', 'start'], "; did you mean 'stop'?"],
  ['idleSotp', ['idleStop', 'idle'], "; did you mean 'idleStop'?"],
  ['colour', ['trim', 'env'], ''],
  ['x', [], ''],
])('%s among %j%s', (name, known, suggestion) => {
  expect(didYouMean(name, known)).toBe(suggestion)
})
