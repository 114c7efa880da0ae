import { afterEach, describe, expect, it } from 'vitest'
import { Client, connect, defineContract, Type, type ContractSpec, type RpcError } from '@simple-ipc/rpc'
import { rawChild, RawEnd } from './raw-peer.js'
import { failureOf, fixture, untyped } from './start-calculator.js'
import { calculator } from './fixtures/calculator-contract.mjs'

let stop: () => Promise<void> = () => Promise.resolve()
afterEach(() => stop())

const older = (child: ContractSpec['child']): ContractSpec => ({
  name: 'calculator',
  version: '0.9.0',
  child: child ?? {},
})

/** By this a side knows its own request when it comes back. */
const marked = { mark: expect.stringMatching(/^[0-9a-f]{16}$/) as string }

/** The host's contract may be anything; the child has the calculator's. */
function host(spec: ContractSpec, verify = true): { call(name: string, params?: unknown): Promise<unknown> } {
  const options = { stderr: 'ignore' as const, verify, host: { confirm: () => true, nest: () => 0 } as never }
  const client = new Client(defineContract(spec), [process.execPath, fixture('calculator.mjs')], options)
  stop = () => client.stop()
  return untyped(client)
}

describe('A contract that does not match', () => {
  it('fails the first call, and names the members that differ', async () => {
    const client = host({
      ...older({
        methods: {
          add: { params: Type.Object({ a: Type.Number() }), result: Type.String() },
          subtract: { params: Type.Object({ a: Type.Number() }), result: Type.Number() },
          told: { result: Type.Array(Type.String()) },
        },
      }),
      host: calculator.spec.host,
    })
    const error = (await failureOf(client.call('told'))) as RpcError<
      string,
      { differences: { member: string }[] }
    >
    expect(error.code).toBe('CONTRACT_MISMATCH')
    expect(error.data.differences.map(({ member }) => member)).toEqual(
      expect.arrayContaining(['add', 'subtract']),
    )
    expect(error.data.differences.map(({ member }) => member)).not.toContain('told')
    expect(error.message).toMatch(/child subtract: the child does not have it/)
    // And every later call, for the program is stopped.
    expect(await failureOf(client.call('told'))).toMatchObject({ code: 'CONTRACT_MISMATCH' })
  })

  it('passes where the differences are compatible', async () => {
    const client = host({
      ...older({
        methods: {
          add: { params: Type.Object({ a: Type.Number(), b: Type.Number() }), result: Type.Number() },
        },
      }),
      host: calculator.spec.host,
    })
    expect(await client.call('add', { a: 1, b: 2 })).toBe(3)
  })

  it('is not looked for with verify: false', async () => {
    const client = host(
      older({
        methods: {
          echo: { params: Type.Object({ value: Type.Unknown() }), result: Type.Unknown() },
          gone: {},
        },
      }),
      false,
    )
    expect(await client.call('echo', { value: 1 })).toBe(1)
    expect(await failureOf(client.call('gone'))).toMatchObject({ code: -32601 })
  })

  it('is asked for as the first request, and an error means that the other side does not know', async () => {
    const child = new RawEnd()
    const client = connect(calculator, child.input, child.output, {
      side: 'host',
      handlers: { confirm: () => true, nest: () => 0 },
    })
    const call = client.call('add', { a: 1, b: 2 })
    const asked = await child.next()
    expect(asked).toEqual({ jsonrpc: '2.0', id: 1, method: 'rpc.contract', params: marked })
    child.say({ jsonrpc: '2.0', id: 1, error: { code: -32601, message: 'what?' } })
    const { id } = await child.next()
    child.say({ jsonrpc: '2.0', id, result: 3 })
    expect(await call).toBe(3)
  })

  it('is told apart from a description that cannot be understood', async () => {
    const child = new RawEnd()
    const client = connect(calculator, child.input, child.output, {
      side: 'host',
      handlers: { confirm: () => true, nest: () => 0 },
    })
    const call = failureOf(client.call('add', { a: 1, b: 2 }))
    await child.next()
    child.say({ jsonrpc: '2.0', id: 1, result: { hash: 'sha256:other' } })
    expect(await child.next()).toEqual({ jsonrpc: '2.0', id: 2, method: 'rpc.discover', params: marked })
    child.say({ jsonrpc: '2.0', id: 2, result: { openrpc: 5 } })
    expect(await call).toMatchObject({ code: 'CONTRACT_MISMATCH' })
  })

  it.each([1, 3, '2', null, { a: 1 }])('of protocol %j is none that can be talked to', async protocol => {
    const child = new RawEnd()
    const client = connect(calculator, child.input, child.output, {
      side: 'host',
      handlers: { confirm: () => true, nest: () => 0 },
    })
    const call = failureOf(client.call('add', { a: 1, b: 2 }))
    await child.next()
    child.say({ jsonrpc: '2.0', id: 1, result: { protocol, hash: calculator.hash } })
    expect(await call).toMatchObject({
      code: 'CONTRACT_MISMATCH',
      message: `The other side speaks version ${JSON.stringify(protocol)} of the simple-ipc protocol, this side version 2: generate the code of both with the same simple-ipc, and start them again`,
      shortMessage: 'The other side speaks another version of the protocol',
    })
  })

  it('is described by rpc.discover', async () => {
    const { host: far } = rawChild()
    far.say({ jsonrpc: '2.0', id: 1, method: 'rpc.discover' })
    const { result } = (await far.next()) as {
      result: { methods: { name: string }[]; 'x-host': { name: string }[] }
    }
    expect(result.methods.map(({ name }) => name)).toEqual(expect.arrayContaining(['add', 'count', 'tell']))
    expect(result['x-host'].map(({ name }) => name)).toEqual(['confirm', 'nest', 'log'])
  })

  it('that never comes is waited for no longer than startTimeout', async () => {
    const client = new Client(calculator, [process.execPath, fixture('says-nothing.mjs')], {
      startTimeout: 100,
      host: { confirm: () => true, nest: () => 0 },
    })
    stop = () => client.stop()
    expect(await failureOf(client.call('told'))).toMatchObject({ code: 'START_TIMEOUT' })
    expect(await failureOf(client.call('told'))).toMatchObject({ code: 'START_TIMEOUT' })
  })
})
