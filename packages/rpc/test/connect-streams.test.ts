import { once } from 'node:events'
import { createServer, connect as open, type AddressInfo, type Socket } from 'node:net'
import { PassThrough, Writable, type Readable } from 'node:stream'
import { connect, type RpcError } from '@simple-ipc/rpc'
import { afterEach, describe, expect, it } from 'vitest'
import { calculator } from './fixtures/calculator-contract.mjs'
import { failureOf } from './start-calculator.js'

const handlers = { confirm: () => true, nest: () => 0 }
const speak = (input: Readable, output: Writable) =>
  connect(calculator, input, output, { side: 'host', verify: false, handlers })

describe('A connection over streams that are over', () => {
  it.each<[string, (input: PassThrough) => void]>([
    ['ended', input => void input.end().resume()],
    ['destroyed', input => void input.destroy()],
  ])('before it is made (%s) fails its calls', async (_, finish) => {
    const input = new PassThrough()
    const closed = once(input, 'close')
    finish(input)
    await closed
    using connection = speak(input, new PassThrough())
    expect(await failureOf(connection.call('told'))).toMatchObject({ code: 'CONNECTION_CLOSED' })
    await connection.closed
  })

  it('because they cannot be written says why', async () => {
    const output = new Writable({ write: (_chunk, _encoding, done) => done(new Error('no more room')) })
    using connection = speak(new PassThrough(), output)
    expect(await failureOf(connection.call('told'))).toMatchObject({
      code: 'CONNECTION_CLOSED',
      message: 'told was not answered: the connection is closed (no more room)',
    })
  })
})

describe('A connection over a socket', () => {
  const sockets: Socket[] = []
  const server = createServer({ allowHalfOpen: true })
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.destroy()
    server.close()
  })

  it.each<[string, (there: Socket, here: Socket) => void]>([
    ['half closed by the other side', there => void there.end()],
    ['destroyed by the other side', there => void there.destroy()],
    ['reset by the other side', there => void there.resetAndDestroy()],
    ['destroyed on this side', (_, here) => void here.destroy()],
    ['destroyed on this side for a reason', (_, here) => void here.destroy(new Error('mine'))],
  ])('%s fails the calls in flight and later ones', async (_, finish) => {
    await once(server.listen(0), 'listening')
    const here = open((server.address() as AddressInfo).port)
    const [there] = (await once(server, 'connection')) as [Socket]
    sockets.push(here, there)
    there.on('error', () => undefined)
    using connection = speak(here, here)
    const call = failureOf(connection.call('told'))
    await once(there, 'data')
    finish(there, here)
    expect(((await call) as RpcError).code).toBe('CONNECTION_CLOSED')
    expect(await failureOf(connection.call('told'))).toMatchObject({ code: 'CONNECTION_CLOSED' })
    await connection.closed
  })
})
