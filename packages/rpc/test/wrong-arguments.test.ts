import { PassThrough } from 'node:stream'
import { Client, connect, createPair, Pool, serve } from '@simple-ipc/rpc'
import { expect, it } from 'vitest'
import { calculator } from './fixtures/calculator-contract.mjs'

type Loose = (...args: unknown[]) => unknown
const ways: [string, (contract: unknown, handlers: unknown) => unknown][] = [
  [
    'Client',
    (contract, host) =>
      new (Client as unknown as new (...args: unknown[]) => unknown)(contract, 'cat', { host, start: false }),
  ],
  [
    'connect',
    (contract, handlers) =>
      (connect as unknown as Loose)(contract, new PassThrough(), new PassThrough(), {
        side: 'host',
        handlers,
      }),
  ],
  ['createPair', (contract, handlers) => (createPair as unknown as Loose)(contract, handlers)],
  ['serve', (contract, handlers) => (serve as unknown as Loose)(contract, handlers)],
]

it.each(ways)('%s says what to pass for a contract that is none', (_, make) => {
  for (const contract of [undefined, null, {}, 'cat', calculator.spec])
    expect(() => make(contract, {})).toThrow(/^Not a contract: pass what defineContract returned$/)
})

it.each(ways)('%s says what to pass for handlers that are none', (_, make) => {
  for (const handlers of ['x', 5, null])
    expect(() => make(calculator, handlers)).toThrow(/^The handlers are .*: pass an object with a function/)
})

it('Pool says what to pass for a contract that is none', () => {
  for (const contract of [undefined, {}, calculator.spec])
    expect(() => new (Pool as unknown as new (...args: unknown[]) => unknown)(contract, 'cat')).toThrow(
      /^Not a contract: /,
    )
})
