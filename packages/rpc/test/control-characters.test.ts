// Whatever the other side writes, the sentences that people read of it cannot move the cursor of their terminal.
import { describe, expect, it, vi } from 'vitest'
import { connect, defineContract, memoryTransports, RpcError, Type } from '@simple-ipc/rpc'
import { RawEnd, rawChild, rawHost } from './raw-peer.js'
import { failureOf } from './start-calculator.js'

/** A title for the terminal, red, and text from right to left, in new lines. */
const attack = '\u001b]0;owned\u0007\u001b[31m\u202e\u2028\r\n\u009b'
// eslint-disable-next-line no-control-regex -- finding control characters is what it is for
const control = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2028\u2029]/
const asJson = JSON.stringify(attack)

describe('Control characters of the other side', () => {
  it('are escaped in the error of an answer that cannot be read', async () => {
    const { client, child } = rawHost()
    const failure = failureOf(client.call('add', { a: 1, b: 2 }))
    const { id } = await child.next()
    child.say(`{"jsonrpc":"2.0","id":${JSON.stringify(id)},"result":\u001b]0;owned\u0007}`)
    const error = (await failure) as RpcError
    expect(error).toMatchObject({ code: 'UNREADABLE_MESSAGE' })
    expect(error.message).toContain('\\x1b')
    expect(error.message).not.toMatch(control)
    client.close()
  })

  it('are escaped in the error of an answer that is no error, and of a result with strange names', async () => {
    const contract = defineContract({
      name: 'names',
      version: '1',
      child: { methods: { all: { result: Type.Record(Type.String(), Type.Number()) } } },
    })
    const child = new RawEnd()
    const host = connect(contract, child.input, child.output, { side: 'host', handlers: {}, verify: false })
    const answers: object[] = [{ error: { [attack]: 1 } }, { result: { [attack]: 'x' } }]
    for (const answer of answers) {
      const failure = failureOf(host.call('all'))
      const { id } = await child.next()
      child.say({ jsonrpc: '2.0', id, ...answer })
      const error = (await failure) as RpcError
      expect(error).toBeInstanceOf(RpcError)
      expect(error.message).not.toMatch(control)
      expect(error.shortMessage).not.toMatch(control)
    }
    host.close()
  })

  it('are escaped in protocol errors', async () => {
    const { client, child } = rawHost()
    child.say({ jsonrpc: '2.0', method: attack })
    child.say(`{"jsonrpc":"2.0","id":${asJson.replace('\\u001b', '\u007f')},"result":1}`)
    await child.untilQuiet()
    expect(child.protocolErrors).toEqual([
      expect.stringContaining("There is no notification '\\x1b]0;owned"),
      expect.stringContaining('Received a response to "\\x7f]0'),
    ])
    for (const message of child.protocolErrors) expect(message).not.toMatch(control)
    client.close()
  })

  it('are escaped in what a child answers, and in what it is told of it', async () => {
    const { server, host } = rawChild()
    host.say('{"jsonrpc":"2.0","method":\u001b]0;owned\u0007}', '{"a":\u001b[31m}')
    host.say({ jsonrpc: '2.0', id: 1, method: attack })
    const answers = [await host.next(), await host.next(), await host.next()]
    expect(answers.map(({ error }) => error?.code)).toEqual([-32700, -32700, -32601])
    for (const { error } of answers) expect(error?.message).not.toMatch(control)
    for (const message of host.protocolErrors) expect(message).not.toMatch(control)
    server.close()
  })

  it('are escaped where its contract does not match', async () => {
    const contract = (required: string) =>
      defineContract({
        name: `names${attack}`,
        version: '1',
        child: {
          methods: { all: { params: Type.Object({ [required]: Type.String() }), result: Type.Null() } },
        },
      })
    const [ours, theirs] = [contract('a'), contract(`b${attack}`)]
    const [here, there] = memoryTransports()
    const child = connect(theirs, there.reader, there.writer, {
      side: 'child',
      handlers: { all: () => null },
      verify: false,
    })
    const host = connect(ours, here.reader, here.writer, { side: 'host', handlers: {} })
    const error = (await failureOf(host.call('all', { a: '' }))) as RpcError
    expect(error).toMatchObject({ code: 'CONTRACT_MISMATCH' })
    expect(error.message.split('\n').length).toBe(3)
    for (const line of error.message.split('\n')) expect(line).not.toMatch(control)
    expect(error.shortMessage).not.toMatch(control)
    host.close()
    child.close()
  })

  it('are escaped in headers that are rejected', async () => {
    const contract = defineContract({ name: 'x', version: '1', foreign: true })
    const child = new RawEnd()
    const told: string[] = []
    const host = connect(contract, child.input, child.output, {
      side: 'host',
      handlers: {},
      framing: 'headers',
      onProtocolError: message => told.push(message),
    })
    const isTold = vi.waitUntil(() => told.length > 0)
    child.say('Content-Length: \u001b[31m\u202e')
    await isTold
    expect(told).toEqual(['Rejected a header: Content-Length: \\x1b[31m\\u202e'])
    host.close()
  })
})
