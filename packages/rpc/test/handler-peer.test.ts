import { once } from 'node:events'
import { Client, createPair, isCancelled } from '@simple-ipc/rpc'
import { describe, expect, it } from 'vitest'
import { calculator } from './fixtures/calculator-contract.mjs'
import { failureOf, fixture } from './start-calculator.js'

interface Ends {
  signal: AbortSignal
}

/** A handler that runs until it is cancelled, and when it was called and when it ended. */
function endless() {
  let called = (): void => undefined
  let ended = (): void => undefined
  const wasCalled = new Promise<void>(resolve => (called = resolve))
  const wasCancelled = new Promise<void>(resolve => (ended = resolve))
  const handler = async (_: unknown, { signal }: Ends): Promise<never> => {
    called()
    await once(signal, 'abort')
    ended()
    throw signal.reason
  }
  return { handler, wasCalled, wasCancelled }
}

describe('What a handler calls at its peer is cancelled with the handler', () => {
  it('in a child that is a program', async () => {
    const { handler, wasCalled, wasCancelled } = endless()
    await using client = new Client(calculator, [process.execPath, fixture('calculator.mjs')], {
      stderr: 'ignore',
      host: { confirm: handler, nest: () => 0 },
    })
    const stop = new AbortController()
    const failure = failureOf(client.call('ask', { question: '' }, { signal: stop.signal }))
    await wasCalled
    stop.abort()
    expect(isCancelled(await failure)).toBe(true)
    await wasCancelled
  })

  it.each(['call', 'method', 'stream', 'own signal'])('at either side, by %s', async how => {
    const { handler, wasCalled, wasCancelled } = endless()
    const nest = async (_: unknown, { peer }: { peer: unknown }): Promise<unknown> => {
      const child = peer as Client<(typeof calculator)['spec']>
      if (how === 'method') return child.methods.hang({})
      if (how === 'stream') return child.stream('count', { to: 1 }).result
      return child.call('hang', {}, how === 'call' ? {} : { signal: new AbortController().signal })
    }
    const pair = createPair(calculator, { hang: handler, count: handler } as never, {
      host: { confirm: () => true, nest: nest as never },
    })
    const stop = new AbortController()
    const failure = failureOf(pair.server.call('nest', { depth: 1 }, { signal: stop.signal }))
    await wasCalled
    stop.abort()
    expect(isCancelled(await failure)).toBe(true)
    await wasCancelled
    pair.close()
  })

  it('but what it calls with a signal of its own ends with that, too, and its errors are told as always', async () => {
    const { handler, wasCalled, wasCancelled } = endless()
    const own = new AbortController()
    const signal: unknown = own.signal
    const seen: unknown[] = []
    const nest = async (_: unknown, { peer }: { peer: unknown }): Promise<number> => {
      const child = peer as Client<(typeof calculator)['spec']>
      seen.push(await failureOf(child.call('hang', {}, signal as never)))
      seen.push(await failureOf(child.call('hang', {}, { signal: own.signal })))
      return 7
    }
    const pair = createPair(calculator, { hang: handler } as never, {
      host: { confirm: () => true, nest },
    })
    const answer = pair.server.call('nest', { depth: 1 })
    await wasCalled
    own.abort()
    await wasCancelled
    expect(await answer).toBe(7)
    expect(seen).toMatchObject([{ name: 'TypeError' }, { code: 'CANCELLED' }])
    pair.close()
  })
})
