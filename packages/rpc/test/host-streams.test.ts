/* eslint-disable @typescript-eslint/require-await -- a producer need not wait for anything */
import { describe, expect, it } from 'vitest'
import { Bytes, createPair, defineContract, Int64, Type } from '@simple-ipc/rpc'
import { failureOf } from './start-calculator.js'

const contract = defineContract({
  name: 'both',
  version: '1',
  child: {
    methods: {
      collect: { params: Type.Object({ to: Type.Integer() }), result: Type.Integer() },
      wide: {
        params: Type.Object({ n: Int64(), bytes: Bytes() }),
        result: Type.Object({ n: Int64(), bytes: Bytes() }),
      },
      tuple: { params: Type.Tuple([Type.Integer(), Type.String()]), result: Type.String() },
    },
  },
  host: {
    methods: {
      numbers: {
        params: Type.Object({ to: Type.Integer() }),
        stream: Type.Integer(),
        progress: Type.Integer(),
        result: Type.Null(),
      },
    },
  },
})

const pair = () =>
  createPair(
    contract,
    {
      collect: async ({ to }, { peer }) => {
        let sum = 0
        const run = peer.stream('numbers', { to })
        for await (const n of run) sum += n
        await run.result
        return sum
      },
      wide: ({ n, bytes }) => ({ n: n + 1n, bytes: bytes.map(byte => byte + 1) }),
      tuple: ([n, text]) => text.repeat(n),
    },
    {
      host: {
        async *numbers({ to }) {
          for (let n = 0; n < to; n++) yield n
          return null
        },
      },
    },
  )

describe('Whichever side', () => {
  it('streams to the other', async () => {
    using both = pair()
    expect(await both.client.call('collect', { to: 2000 })).toBe((1999 * 2000) / 2)
    expect(await both.server.call('numbers', { to: 3 })).toBeNull()
  })

  it('converts what JSON has no word for', async () => {
    using both = pair()
    const answer = await both.client.call('wide', { n: 2n ** 62n, bytes: new Uint8Array([1, 2]) })
    expect(answer.n).toBe(2n ** 62n + 1n)
    expect([...answer.bytes]).toEqual([2, 3])
    expect(
      await failureOf(both.client.call('wide', { n: 2n ** 70n, bytes: new Uint8Array() })),
    ).toMatchObject({
      code: 'INVALID_PARAMS',
    })
  })

  it('takes params by position where the contract says so', async () => {
    using both = pair()
    expect(await both.client.call('tuple', [3, 'ab'])).toBe('ababab')
    expect(await both.client.methods.tuple([1, 'x'])).toBe('x')
  })

  it('bears values that do not fit where nobody validates', async () => {
    using both = createPair(
      contract,
      { collect: () => 0, wide: ({ n, bytes }) => ({ n, bytes }), tuple: () => '' },
      {
        validate: false,
        verify: false,
        host: {
          numbers: async function* () {
            yield 1
            return null
          },
        },
      },
    )
    const wrong = await both.client
      .call('wide', { n: 'no number' as never, bytes: 5 as never })
      .catch((error: unknown) => error)
    expect(wrong).toBeDefined()
    expect(await both.client.call('tuple', [1, 'x'])).toBe('')
  })
})
