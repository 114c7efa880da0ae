// A method may be called then. What has a function of that name is a promise to `await` and to async functions.
import { describe, expect, it } from 'vitest'
import { createPair, defineContract, Type, type RemoteHost } from '@simple-ipc/rpc'

const contract = defineContract({
  name: 'steps',
  version: '1',
  child: { methods: { then: { result: Type.Integer() }, now: { result: Type.Integer() } } },
  host: { methods: { then: { result: Type.Integer() } } },
})

describe('A method named then', () => {
  it('is called by its name, and no await calls it', async () => {
    let calls = 0
    const child = {
      then: () => ++calls,
      now: async (_: unknown, { peer }: { peer: RemoteHost<(typeof contract)['spec']> }) => {
        // With the method among its functions, this would call the host, and wait for ever.
        await Promise.resolve(peer.methods)
        return await peer.call('then')
      },
    }
    using pair = createPair(contract, child, { host: { then: () => 7 } })
    const { client } = pair
    const methods = await Promise.resolve(client.methods)
    expect(Object.keys(methods)).toEqual(['now'])
    expect(methods).not.toHaveProperty('then')
    expect(calls).toBe(0)
    expect(await client.call('then')).toBe(1)
    expect(await methods.now()).toBe(7)
  })

  it('is not among the functions of the types', () => {
    using pair = createPair(contract, { then: () => 1, now: () => 1 }, { host: { then: () => 1 } })
    // @ts-expect-error -- it is left out
    expect(pair.client.methods.then).toBeUndefined()
  })
})
