import { fileURLToPath } from 'node:url'
import { Client, type ClientOptions } from '@simple-ipc/rpc'
import { calculator } from './fixtures/calculator-contract.mjs'

export type Calculator = (typeof calculator)['spec']

export const fixture = (name: string): string => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url))

/** Starts a fixture as the child of the calculator contract. */
export function startCalculator(options: ClientOptions = {}, name = 'calculator.mjs'): Client<Calculator> {
  return new Client(calculator, [process.execPath, fixture(name)], {
    stderr: 'ignore',
    ...options,
    host: {
      confirm: ({ question }) => question !== 'no',
      nest: async ({ depth }, { peer }) =>
        depth === 0 ? 0 : 1 + (await peer.call('nest', { depth: depth - 1 })),
    },
  })
}

/** The same without types, for what does not compile. */
export interface Untyped {
  call(name: string, params?: unknown): Promise<unknown>
  notify(name: string, params?: unknown): void
  on(name: string, listener: () => void): () => void
}
export const untyped = (client: object): Untyped => client as Untyped

/** What a promise was rejected with. */
export const failureOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    value => {
      throw new Error(`It was not rejected, but came to ${JSON.stringify(value)}`)
    },
    (error: unknown) => error,
  )
