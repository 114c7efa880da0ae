import { createPair, faultyTransports, type Faults } from '@simple-ipc/rpc'
import { expect, it } from 'vitest'
import { calculator } from './fixtures/calculator-contract.mjs'
import { failureOf } from './start-calculator.js'

/** A calculator of which nothing is asked but sums, over a channel with these faults on the way to the host. */
const pairWith = (toHost: Faults) =>
  createPair(
    calculator,
    { add: ({ a, b }: { a: number; b: number }) => a + b } as unknown as Parameters<
      typeof createPair<typeof calculator.spec>
    >[1],
    { transports: faultyTransports({ toHost }) },
  )

it.each(['drop', 'delay', 'corrupt'] as const)(
  'a %s that throws ends the connection, and its error is the cause',
  async fault => {
    using pair = pairWith({
      [fault]: () => {
        throw new Error('a fault of the test itself')
      },
    })
    expect(await failureOf(pair.client.call('add', { a: 1, b: 2 }))).toMatchObject({
      code: 'CONNECTION_CLOSED',
      message: 'add was not answered: the connection is closed (a fault of the test itself)',
    })
  },
)

it.each([0, -1, 0.5, NaN])('a split of %d is refused, for it would never end', split => {
  expect(() => faultyTransports({ toChild: { split } })).toThrow(/split must be a whole number/)
})
