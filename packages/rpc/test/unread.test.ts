/* eslint-disable @typescript-eslint/require-await -- a producer need not wait for anything */
// What waits for a side that does not read is bounded: calls and notifications fail, streams and pools wait.
import { PassThrough } from 'node:stream'
import { afterEach, describe, expect, it } from 'vitest'
import type { Message, MessageWriter } from 'vscode-jsonrpc'
import {
  Client,
  connect,
  createPair,
  LinesMessageReader,
  Pool,
  RpcError,
  type ClientOptions,
} from '@simple-ipc/rpc'
import { unread } from './fixtures/unread-contract.mjs'
import { failureOf, fixture } from './start-calculator.js'

const limit = 200_000
const text = 'x'.repeat(1000)
const host = { text: ({ bytes }: { bytes: number }) => 'x'.repeat(bytes) }
const child = {
  ...host,
  take: (params: { text: string }) => params.text.length,
  waiting: () => [0, ''] as [number, string],
  async *numbers({ to, pad }: { to: number; pad: string }) {
    for (let n = 0; n < to; n++) yield [n, pad] as [number, string]
  },
}
const deaf = [process.execPath, '-e', 'setInterval(() => {}, 1000)']
const answers = [process.execPath, fixture('answers-at-length.mjs')]
const options = { stderr: 'ignore', maxQueuedBytes: limit, stop: { input: 0, term: 100 } } as const
const tick = () => new Promise(resolve => process.nextTick(resolve))
const turn = () => new Promise(resolve => setImmediate(resolve))

let open: { stop(): Promise<void> } | undefined
afterEach(() => open?.stop())

function clientOf(command: string[], more: ClientOptions = {}) {
  const client = new Client(unread, command, { ...options, ...more, host })
  open = client
  return client
}

interface Sender {
  call(method: 'take', params: { text: string }): Promise<unknown>
  notify(name: 'tell', params: { text: string }): void
  readonly bufferedAmount: number
}

/** Calls until one fails at once, and returns its error. */
async function untilFull(sender: Sender, wait = turn): Promise<RpcError> {
  for (let n = 0; n < 10_000; n++) {
    const call = failureOf(sender.call('take', { text }))
    const first = await Promise.race([call, wait()])
    if (first instanceof RpcError) return first
  }
  throw new Error('no call failed')
}

function expectFull(error: RpcError, sender: Sender): void {
  const { bufferedAmount } = sender
  expect(bufferedAmount).toBeGreaterThan(limit)
  expect(bufferedAmount).toBeLessThan(limit + 2 * text.length)
  expect(error).toMatchObject({
    code: 'QUEUE_FULL',
    method: 'take',
    message: `take was not sent: ${bufferedAmount} bytes wait for the other side already, the limit is ${limit} (maxQueuedBytes); await drained() before you send more, or raise it`,
    shortMessage: 'take was not sent: too much waits for the other side',
  })
  expect(() => sender.notify('tell', { text })).toThrow(`tell was not sent: ${bufferedAmount} bytes wait`)
}

describe.each(['lines', 'headers'] as const)('In %s calls of a program that does not read', framing => {
  it('fail when too much waits for it, and those before settle when it ends', async () => {
    const client = clientOf(deaf, { framing, verify: false })
    const first = failureOf(client.call('take', { text }))
    expectFull(await untilFull(client), client)
    const drained = client.drained()
    await client.stop()
    expect(await first).toMatchObject({ code: 'STOPPED' })
    await drained
    expect(client.bufferedAmount).toBe(0)
  })

  it('fail when too much is held for its start', async () => {
    const client = clientOf(deaf, { framing })
    const first = failureOf(client.call('take', { text }))
    expectFull(await untilFull(client), client)
    await client.stop()
    expect(await first).toMatchObject({ code: 'STOPPED' })
    expect(client.bufferedAmount).toBe(0)
  })
})

it('What is held for a start counts no more when it was sent, and was given up', async () => {
  const client = clientOf(answers)
  const given = new AbortController()
  const gone = failureOf(client.call('take', { text }, { signal: given.signal }))
  const call = client.call('take', { text })
  const held = client.bufferedAmount
  given.abort()
  expect(client.bufferedAmount).toBe(held / 2)
  expect(await gone).toMatchObject({ code: 'CANCELLED' })
  await client.drained()
  expect(client.bufferedAmount).toBe(0)
  expect(await call).toBe(1000)
})

it('One message larger than the limit is sent when nothing else waits', async () => {
  const client = clientOf(answers, { verify: false })
  const large = 'y'.repeat(3 * limit)
  expect(await client.call('take', { text: large })).toBe(large.length)
  expect((await client.call('text', { bytes: 3 * limit })).length).toBe(3 * limit)
})

it('A sender that awaits drained() sends as much as it likes', async () => {
  const client = clientOf(answers)
  const calls: Promise<number>[] = []
  for (let n = 0; n < 1000; n++) {
    if (client.bufferedAmount > limit / 2) await client.drained()
    calls.push(client.call('take', { text }))
  }
  expect(new Set(await Promise.all(calls))).toEqual(new Set([1000]))
})

describe('A connection to a side that does not read', () => {
  it('over streams refuses calls', async () => {
    const connection = connect(unread, new PassThrough(), new PassThrough(), {
      side: 'host',
      handlers: host,
      verify: false,
      maxQueuedBytes: limit,
    })
    expectFull(await untilFull(connection), connection)
    connection.close()
  })

  it('over a writer of messages that does not finish refuses calls', async () => {
    const written: Message[] = []
    const none = () => ({ dispose: () => undefined })
    const writer: MessageWriter = {
      onError: none,
      onClose: none,
      write: message => {
        written.push(message)
        return new Promise(() => undefined)
      },
      end: () => undefined,
      dispose: () => undefined,
    }
    const reader = new LinesMessageReader(new PassThrough())
    const settings = { side: 'host', handlers: host, verify: false, maxQueuedBytes: limit } as const
    const connection = connect(unread, reader, writer, settings)
    expectFull(await untilFull(connection), connection)
    expect(written.length).toBeLessThan(210)
    connection.close()
  })

  it('in memory refuses calls of one turn, and takes more in the next', async () => {
    const pair = createPair(unread, child, { host, maxQueuedBytes: limit })
    await pair.client.call('take', { text })
    const { client } = pair
    expectFull(await untilFull(client, tick), client)
    await client.drained()
    expect(await client.call('take', { text })).toBe(1000)
    pair.close()
  })
})

it('Many streams together keep to the limit', async () => {
  const [input, output] = [new PassThrough(), new PassThrough()]
  const server = connect(unread, input, output, {
    side: 'child',
    handlers: child,
    maxQueuedBytes: limit,
  })
  const pad = 'x'.repeat(5000)
  for (let id = 1; id <= 50; id++)
    input.write(`{"jsonrpc":"2.0","id":${id},"method":"numbers","params":{"to":100,"pad":"${pad}"}}\n`)
  let before = -1
  while (server.bufferedAmount > before || before === 0) {
    before = server.bufferedAmount
    for (let n = 0; n < 20; n++) await turn()
  }
  // Each may have had one item in hand.
  expect(server.bufferedAmount).toBeGreaterThan(limit)
  expect(server.bufferedAmount).toBeLessThan(limit + 50 * 6000)
  let items = 0
  let results = 0
  for await (const chunk of output.setEncoding('utf8')) {
    // Each has a text of its own, which is nowhere else.
    items += (chunk as string).split(`"${pad[0]}`).length - 1
    results += (chunk as string).split('"result"').length - 1
    // The window of a stream is larger than what is left of it here.
    if (results === 50) break
  }
  expect(items).toBe(50 * 100)
  server.close()
})

describe('A pool', () => {
  it('keeps calls until its programs have read what waits for them', async () => {
    const pool = new Pool(unread, answers, { ...options, host, size: 2 })
    open = pool
    const long = 'x'.repeat(limit)
    const calls = Array.from({ length: 60 }, () => pool.call('take', { text: long }))
    const streams = Array.from({ length: 20 }, async () => {
      const pads: number[] = []
      for await (const [, pad] of pool.stream('numbers', { to: 1, pad: long })) pads.push(pad.length)
      return pads
    })
    expect(new Set(await Promise.all(calls))).toEqual(new Set([limit]))
    expect(await Promise.all(streams)).toEqual(Array.from({ length: 20 }, () => [limit]))
    await pool.drained()
    expect(pool.bufferedAmount).toBe(0)
  })

  it('gives up calls that wait for a program to read when their time is over', async () => {
    const pool = new Pool(unread, deaf, { ...options, host, size: 1, verify: false })
    open = pool
    const long = 'x'.repeat(2 * limit)
    const calls = Array.from({ length: 5 }, () =>
      failureOf(pool.call('take', { text: long }, { timeout: 50 })),
    )
    const [, ...waiting] = await Promise.all(calls)
    for (const error of waiting) expect(error).toMatchObject({ code: 'TIMEOUT' })
  })

  it('notifies its other programs although one does not read', async () => {
    const pool = new Pool(unread, [deaf, answers], { ...options, host, size: 2, min: 2, verify: false })
    open = pool
    const told = new Promise(resolve => pool.on('told', resolve))
    const long = 'x'.repeat(2 * limit)
    pool.notify('tell', { text: long })
    await told
    const again = new Promise(resolve => pool.on('told', resolve))
    expect(() => pool.notify('tell', { text })).toThrow('tell was not sent')
    await again
  })
})
