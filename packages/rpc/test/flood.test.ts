// The other side goes on asking and does not read the answers.
import { spawn } from 'node:child_process'
import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { Client, connect, type ClientOptions, type RpcError } from '@simple-ipc/rpc'
import { unread } from './fixtures/unread-contract.mjs'
import { fixture, failureOf } from './start-calculator.js'

const framings = ['lines', 'headers'] as const
const limit = 200_000
const options = {
  verify: false,
  stderr: 'ignore',
  maxQueuedBytes: limit,
  stop: { input: 0, term: 100 },
} as const
const host = { text: ({ bytes }: { bytes: number }) => 'x'.repeat(bytes) }

/** A host of a program that asks. */
function hostOf(args: readonly string[], more: ClientOptions = {}) {
  const errors: unknown[] = []
  const client = new Client(unread, [process.execPath, fixture('floods.mjs'), ...args], {
    ...options,
    ...more,
    host,
    onError: error => errors.push(error),
    onProtocolError: () => undefined,
  })
  return { client, errors }
}

describe.each(framings)('A program in %s', framing => {
  it.each(['requests', 'unknown', 'unfit', 'pings', 'batches'])(
    'that floods its host with %s and reads nothing is stopped, and its calls say why',
    async what => {
      const { client, errors } = hostOf([framing, what], { framing })
      const error = (await failureOf(client.call('text', { bytes: 1 }))) as RpcError
      expect(error).toMatchObject({ code: 'QUEUE_FULL', method: 'text' })
      expect(error.message).toMatch(
        /^text was not answered: the program goes on asking and does not read: \d+ bytes wait for it, the limit is 200000 \(maxQueuedBytes\), and was stopped\n/,
      )
      expect(error.shortMessage).toBe('text was not answered: the other side does not read')
      const waited = Number(/(\d+) bytes wait/.exec(error.message)?.[1])
      expect(waited).toBeGreaterThan(limit)
      expect(waited).toBeLessThan(3 * limit)
      expect(errors).toHaveLength(1)
      expect((errors[0] as RpcError).message).toMatch(
        /^The program goes on asking and does not read: \d+ bytes/,
      )
      await client.stop()
    },
  )

  it('that asks much before it reads gets every answer, in order', async () => {
    const { client, errors } = hostOf([framing, 'requests', '500'], { framing, restart: undefined })
    const read = await new Promise(resolve => client.on('read', resolve))
    expect(read).toEqual({ answers: 500, inOrder: true })
    expect(errors).toEqual([])
    await client.stop()
  })
})

it('A program that floods its host is started again if it may be', async () => {
  const { client } = hostOf(['lines', 'pings'], {
    restart: { max: 1, withinMs: 60_000, backoff: { initial: 1 } },
  })
  expect(await failureOf(client.call('text', { bytes: 1 }))).toMatchObject({ code: 'QUEUE_FULL' })
  // The next run floods as well.
  expect(await failureOf(client.call('text', { bytes: 1 }))).toMatchObject({ code: 'QUEUE_FULL' })
  await client.stop()
})

describe.each(['host', 'child'] as const)('A connection as %s', side => {
  it('is closed when the other side goes on asking and does not read', async () => {
    const [input, output] = [new PassThrough(), new PassThrough()]
    const errors: unknown[] = []
    const shared = { verify: false, maxQueuedBytes: limit, onError: (error: unknown) => errors.push(error) }
    const connection =
      side === 'host'
        ? connect(unread, input, output, { ...shared, side, handlers: host })
        : connect(unread, input, output, {
            ...shared,
            side,
            handlers: {
              ...host,
              take: () => 0,
              waiting: (): [number, string] => [0, ''],
              numbers: () => ({}) as never,
            },
          })
    const call = failureOf(
      (connection as { call(method: 'text', params: { bytes: number }): Promise<unknown> }).call('text', {
        bytes: 1,
      }),
    )
    const over = connection.closed.then(() => true)
    for (let id = 1; ; id++) {
      input.write(`{"jsonrpc":"2.0","id":${id},"method":"text","params":{"bytes":1000}}\n`)
      if (
        id % 100 === 0 &&
        (await Promise.race([over, new Promise(resolve => setImmediate(resolve))])) === true
      )
        break
      if (id > 100_000) expect.unreachable()
    }
    expect(await call).toMatchObject({
      code: 'QUEUE_FULL',
      message: expect.stringMatching(
        /^text was not answered: the other side goes on asking and does not read: \d+ bytes wait for it, the limit is 200000 \(maxQueuedBytes\), and the connection was closed$/,
      ) as string,
    })
    expect(errors).toHaveLength(1)
  })
})

describe.each(framings)('A child in %s', framing => {
  it('reads no more of what a host asks that does not read, and answers all of it when it does', async () => {
    const child = spawn(process.execPath, [fixture('answers-at-length.mjs'), framing, `${limit}`], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    const asked = 20_000
    for (let id = 1; id <= asked; id++) {
      const text = `{"jsonrpc":"2.0","id":${id},"method":"waiting","params":{"bytes":1000}}`
      child.stdin.write(framing === 'lines' ? `${text}\n` : `Content-Length: ${text.length}\r\n\r\n${text}`)
    }
    child.stdin.end()
    let most = 0
    let answers = 0
    let rest = ''
    for await (const chunk of child.stdout.setEncoding('utf8')) {
      rest += chunk as string
      const found = Array.from(rest.matchAll(/"id":(\d+),"result":\[(\d+),"x+"\]\}/g))
      for (const [, id, waiting] of found) {
        expect(Number(id)).toBe(++answers)
        most = Math.max(most, Number(waiting))
      }
      const last = found.at(-1)
      if (last !== undefined) rest = rest.slice(last.index + last[0].length)
      // Reads slowly: each time all that the child may write before it has to wait.
      await new Promise(resolve => setImmediate(resolve))
    }
    expect(answers).toBe(asked)
    expect(most).toBeLessThan(limit + 70_000)
  })
})
