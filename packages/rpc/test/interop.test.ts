import { createServer, connect as dial, type AddressInfo, type Socket } from 'node:net'
import { PassThrough } from 'node:stream'
import { MessageChannel } from 'node:worker_threads'
import { once } from 'node:events'
import {
  CancellationTokenSource,
  createMessageConnection,
  PortMessageReader,
  PortMessageWriter,
  ResponseError,
  SocketMessageReader,
  SocketMessageWriter,
  StreamMessageReader,
  StreamMessageWriter,
  type CancellationToken,
  type MessageReader,
  type MessageWriter,
} from 'vscode-jsonrpc/node'
import { describe, expect, it } from 'vitest'
import {
  connect,
  HeadersMessageReader,
  HeadersMessageWriter,
  LinesMessageReader,
  LinesMessageWriter,
  memoryTransports,
  type ConnectionLife,
  type RemoteHost,
} from '@simple-ipc/rpc'
import { calculator } from './fixtures/calculator-contract.mjs'
import { failureOf } from './start-calculator.js'

type Server = ConnectionLife & RemoteHost<(typeof calculator)['spec']>
type Ends = [[MessageReader, MessageWriter], [MessageReader, MessageWriter]]

const pipes = (
  Reader: new (stream: PassThrough) => MessageReader,
  Writer: new (stream: PassThrough) => MessageWriter,
): Ends => {
  const [forth, back] = [new PassThrough(), new PassThrough()]
  return [
    [new Reader(back), new Writer(forth)],
    [new Reader(forth), new Writer(back)],
  ]
}

async function sockets(): Promise<[Socket, Socket]> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const near = dial((server.address() as AddressInfo).port, '127.0.0.1')
  const [far] = (await once(server, 'connection')) as [Socket]
  server.close()
  return [near, far]
}

const transports: [string, () => Promise<Ends> | Ends][] = [
  ['our lines', () => pipes(LinesMessageReader, LinesMessageWriter)],
  ['our headers', () => pipes(HeadersMessageReader, HeadersMessageWriter)],
  ['our memory', () => memoryTransports().map(({ reader, writer }) => [reader, writer]) as Ends],
  ['their streams', () => pipes(StreamMessageReader, StreamMessageWriter)],
  ['our reader and their writer', () => pipes(HeadersMessageReader, StreamMessageWriter)],
  ['their reader and our writer', () => pipes(StreamMessageReader, HeadersMessageWriter)],
  [
    'their sockets',
    async () =>
      (await sockets()).map(socket => [
        new SocketMessageReader(socket),
        new SocketMessageWriter(socket),
      ]) as unknown as Ends,
  ],
  [
    'their ports',
    () => {
      const { port1, port2 } = new MessageChannel()
      return [port1, port2].map(port => [
        new PortMessageReader(port),
        new PortMessageWriter(port),
      ]) as unknown as Ends
    },
  ],
]

describe.each(transports)('Over %s', (_, make) => {
  it('vscode-jsonrpc’s connection calls our child, with errors, cancellation and both directions', async () => {
    const [[nearReader, nearWriter], [farReader, farWriter]] = await make()
    const server: Server = connect(calculator, farReader, farWriter, {
      side: 'child',
      handlers: {
        add: ({ a, b }) => a + b,
        divide: ({ a }, { error }) => {
          throw error('DividedByZero', { a }, 'no')
        },
        echo: ({ value }) => value,
        count: async function* () {
          yield await Promise.resolve({ n: 0 })
          return 1
        },
        hang: (_params, { signal }) =>
          new Promise<void>(resolve => signal.addEventListener('abort', () => resolve())),
        ask: ({ question }, { peer }) => peer.call('confirm', { question }),
        nest: ({ depth }) => depth,
        die: () => undefined,
        print: () => undefined,
        wrong: () => 0,
        told: () => [],
        tell: ({ text }): void => {
          server.notify('log', { text })
        },
      },
    })
    const theirs = createMessageConnection(nearReader, nearWriter)
    theirs.onRequest('confirm', ({ question }: { question: string }) => question === 'yes')
    const logged = new Promise(resolve => theirs.onNotification('log', resolve))
    theirs.listen()
    expect(await theirs.sendRequest('add', { a: 1, b: 2 })).toBe(3)
    expect(await theirs.sendRequest('ask', { question: 'yes' })).toBe(true)
    const error = (await failureOf(theirs.sendRequest('divide', { a: 5, b: 0 }))) as ResponseError<unknown>
    expect(error).toMatchObject({ code: 1001, message: 'no', data: { a: 5 } })
    expect(await failureOf(theirs.sendRequest('nope'))).toMatchObject({ code: -32601 })
    await theirs.sendNotification('tell', { text: 'hello' })
    expect(await logged).toEqual({ text: 'hello' })
    const source = new CancellationTokenSource()
    const hanging = failureOf(theirs.sendRequest('hang', {}, source.token))
    await theirs.sendRequest('told')
    source.cancel()
    expect(await hanging).toMatchObject({ code: -32800 })
    server.close()
    theirs.dispose()
    nearWriter.end()
    nearReader.dispose()
    nearWriter.dispose()
    farWriter.dispose()
  })

  it('our host calls vscode-jsonrpc’s connection', async () => {
    const [[nearReader, nearWriter], [farReader, farWriter]] = await make()
    const theirs = createMessageConnection(farReader, farWriter)
    theirs.onRequest('add', ({ a, b }: { a: number; b: number }) => a + b)
    theirs.onRequest('divide', ({ a }: { a: number }) => new ResponseError(1001, 'no', { a }))
    theirs.onRequest('ask', (params: unknown) => theirs.sendRequest('confirm', params))
    theirs.onRequest(
      'hang',
      (_: object, token: CancellationToken) => new Promise(resolve => token.onCancellationRequested(resolve)),
    )
    theirs.listen()
    const client = connect(calculator, nearReader, nearWriter, {
      side: 'host',
      // Asks for rpc.contract, which they do not know: the host goes on.
      handlers: { confirm: ({ question }) => question === 'yes', nest: () => 0 },
    })
    expect(await client.call('add', { a: 1, b: 2 })).toBe(3)
    expect(await client.call('ask', { question: 'yes' })).toBe(true)
    const error = await failureOf(client.call('divide', { a: 5, b: 0 }))
    expect(client.isError(error, 'divide', 'DividedByZero')).toBe(true)
    expect(await failureOf(client.call('hang', {}, { timeout: 50 }))).toMatchObject({ code: 'TIMEOUT' })
    expect(
      await Promise.all(Array.from({ length: 100 }, (__, n) => client.call('add', { a: n, b: 1 }))),
    ).toHaveLength(100)
    client.close()
    await client.closed
    theirs.dispose()
    farWriter.end()
    farReader.dispose()
    farWriter.dispose()
    nearWriter.dispose()
  })
})
