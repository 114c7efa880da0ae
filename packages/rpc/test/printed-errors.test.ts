import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { createPair, defineContract, Type } from '@simple-ipc/rpc'
import { rawHost } from './raw-peer.js'
import { failureOf, startCalculator, untyped } from './start-calculator.js'

/** As console.log shows it, without what differs from run to run. */
const printed = (error: unknown): string =>
  inspect(error)
    .replaceAll(process.execPath, 'node')
    .replaceAll(/'?[^\s']*\/fixtures\//g, '')
    .replaceAll(/after [\d.]+ m?s/g, 'after 123 ms')
    .replaceAll(/\n +at .*/g, '')
    // Newer versions of Node say this too.
    .replaceAll(/ \(line \d+ column \d+\)/g, '')

describe('console.log(error) is worth reading', () => {
  it('for errors of a call into a child', async () => {
    const client = startCalculator({ stderr: () => undefined })
    await client.call('told')
    const errors = {
      declared: await failureOf(client.call('divide', { a: 7, b: 0 })),
      'own params': await failureOf(client.call('add', { a: 1, b: '2' as never })),
      'their result': await failureOf(client.call('wrong')),
      'unknown method': await failureOf(untyped(client).call('multiply')),
      timeout: await failureOf(client.call('hang', {}, { timeout: 5 })),
      'idle timeout': await failureOf(client.call('hang', {}, { idleTimeout: 5 })),
      cancelled: await failureOf(client.call('hang', {}, { signal: AbortSignal.abort('no longer needed') })),
      died: await failureOf(client.call('die', { code: 3 })),
      dead: await failureOf(client.call('told')),
    }
    for (const [name, error] of Object.entries(errors)) expect(printed(error)).toMatchSnapshot(name)
    await client.stop()
    expect(printed(await failureOf(client.call('told')))).toMatchSnapshot('stopped')
  })

  it('for errors of the wire', async () => {
    const { client, child } = rawHost({ maxMessageBytes: 500, maxQueuedBytes: 600 })
    const answered = async (answer: (id: unknown) => string): Promise<unknown> => {
      const call = failureOf(client.call('add', { a: 1, b: 2 }))
      let message = await child.next()
      while (message.method !== 'add') message = await child.next()
      child.say(answer(message.id))
      return call
    }
    const errors = {
      'a result that does not fit': await answered(id => `{"jsonrpc":"2.0","id":${String(id)},"result":"x"}`),
      'an answer too large': await answered(
        id => `{"jsonrpc":"2.0","id":${String(id)},"result":"${'x'.repeat(600)}"}`,
      ),
      'an answer cut off': await answered(id => `{"jsonrpc":"2.0","id":${String(id)},"result":{"a`),
      'another program’s error': await answered(
        id => `{"jsonrpc":"2.0","id":${String(id)},"error":{"code":-32603,"message":"Oh no"}}`,
      ),
      'a request too large': await failureOf(client.call('echo', { value: 'x'.repeat(1000) })),
    }
    for (const [name, error] of Object.entries(errors)) expect(printed(error)).toMatchSnapshot(name)
    const waiting = failureOf(client.call('told'))
    child.input.end()
    expect(printed(await waiting)).toMatchSnapshot('connection closed')
  })

  it('for errors of handlers', async () => {
    const contract = defineContract({
      name: 'handlers',
      version: '1',
      child: { methods: { fail: { params: Type.Object({ how: Type.String() }), result: Type.String() } } },
    })
    using pair = createPair(contract, {
      fail: ({ how }) => {
        if (how === 'error') throw new TypeError('x is not a function')
        if (how === 'text') throw 'just text' as unknown as Error
        throw null as unknown as Error
      },
    })
    for (const how of ['error', 'text', 'null'])
      expect(printed(await failureOf(pair.client.call('fail', { how })))).toMatchSnapshot(how)
  })
})
