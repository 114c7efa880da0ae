import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface, type Interface } from 'node:readline'
import { Client, discover, RpcError } from '@simple-ipc/rpc'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { generate } from '../src/generate.js'
import { loadContract } from '../src/load-contract.js'
import { writeFiles } from '../src/write-files.js'
import { contract } from './cases/conversation.js'
import { python } from './toolchains.js'

let folder = ''
let program = ''

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'simple-ipc-'))
  const { json, openrpc } = await loadContract(path.join(import.meta.dirname, 'cases', 'conversation.ts'))
  writeFiles(path.join(folder, 'generated'), generate(json, 'python', openrpc))
  program = path.join(folder, 'child.py')
  cpSync(path.join(import.meta.dirname, 'python', 'conversation_child.py'), program)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const start = () => {
  const logs: string[] = []
  const stderr: string[] = []
  const client = new Client<(typeof contract)['spec']>(contract, [python ?? 'python3', program], {
    stderr: (line: string) => {
      stderr.push(line)
    },
    host: {
      nest: async ({ depth }, { peer }): Promise<number> =>
        depth === 0 ? 0 : 1 + (await peer.call('nest', { depth: depth - 1 })),
      async *numbers({ to }, { error }) {
        if (to < 0) throw error('TooMany', { value: 42 })
        for (let n = 0; n < to; n++) yield n
        return await Promise.resolve(1_000_000)
      },
      log: ({ text }) => {
        logs.push(text)
      },
    },
  })
  return { client, logs, stderr }
}

describe.skipIf(python === undefined)('a TypeScript host and a Python child', () => {
  let session: ReturnType<typeof start>
  beforeEach(() => {
    session = start()
  })
  afterEach(() => session.client.stop())

  it('exchange params by position and by name, and answers with and without a result', async () => {
    const { client } = session
    expect(await client.call('add', [1, 2.5])).toBe(3.5)
    expect(await client.call('echo', { text: 'ä\u2028\u0000"\\😀' })).toBe('ä\u2028\u0000"\\😀')
    await client.call('nothing')
  })

  it('keep many calls apart', async () => {
    const sums = await Promise.all(Array.from({ length: 2000 }, (_, n) => session.client.call('add', [n, 1])))
    expect(sums).toEqual(Array.from({ length: 2000 }, (_, n) => n + 1))
  })

  it('carry declared errors with their data, and crashes with their text', async () => {
    const { client } = session
    const declared: unknown = await client.call('fail', { how: 'declared' }).catch((error: unknown) => error)
    expect(client.isError(declared, 'fail', 'Declared') && declared.data.value).toBe(1.5)
    expect(declared).toMatchObject({ code: 1001, message: 'as declared' })
    await expect(client.call('fail', { how: 'bare' })).rejects.toMatchObject({ code: 1002, message: 'Bare' })
    await expect(client.call('fail', { how: 'crash' })).rejects.toMatchObject({
      code: -32603,
      message: 'crashed on purpose',
    })
  })

  it('refuse a result that does not fit, with the place and the words', async () => {
    await expect(session.client.call('fail', { how: 'result' })).rejects.toMatchObject({
      code: -32603,
      data: {
        issues: [{ path: '', message: 'must be an integer from -9007199254740991 to 9007199254740991' }],
      },
    })
  })

  it('stream items with progress, then the result', async () => {
    const progress: number[] = []
    const run = session.client.stream('count', { to: 1000 }, { onProgress: n => progress.push(n) })
    const items: number[] = []
    for await (const { n } of run) items.push(n)
    expect(items).toEqual(Array.from({ length: 1000 }, (_, n) => n))
    expect(await run.result).toBe(1000)
    expect(progress).toEqual([0, 100, 200, 300, 400, 500, 600, 700, 800, 900])
  })

  it('hold back a stream that nobody reads, and answer other calls meanwhile', async () => {
    const run = session.client.stream('count', { to: 100_000, size: 1000 })
    const items = run[Symbol.asyncIterator]()
    await items.next()
    expect(await session.client.call('add', [1, 1])).toBe(2)
    await items.return?.()
    await expect(run.result).rejects.toMatchObject({ code: 'CANCELLED' })
    // The generator's finally ran, and knew why.
    await expect.poll(() => session.logs).toEqual(['count ended, cancelled true'])
  })

  it('have a hundred slow streams at once, and calls between them', async () => {
    const runs = Array.from({ length: 100 }, () => session.client.stream('count', { to: 1000 }))
    const loops = runs.map(run => run[Symbol.asyncIterator]())
    for (const loop of loops) await loop.next()
    expect(await session.client.call('add', [2, 2])).toBe(4)
    for (const loop of loops) await loop.return?.()
  })

  it('cancel a handler that waits', async () => {
    const abort = new AbortController()
    const call = session.client.call('slow', { seconds: 60 }, { signal: abort.signal })
    const other = session.client.call('add', [1, 1])
    expect(await other, 'a handler that waits holds up nobody').toBe(2)
    abort.abort()
    await expect(call).rejects.toBeInstanceOf(RpcError)
    expect(await session.client.call('add', [1, 2])).toBe(3)
  })

  it('call each other back, eight deep', async () => {
    expect(await session.client.call('nest', { depth: 8 })).toBe(8)
    expect(await Promise.all([1, 2, 3, 4].map(depth => session.client.call('nest', { depth })))).toEqual([
      1, 2, 3, 4,
    ])
  })

  it('stream from host to child, with declared errors that way too', async () => {
    expect(await session.client.call('sum', { to: 1000 })).toBe((1000 * 999) / 2 + 1_000_000)
    expect(await session.client.call('sum', { to: -1 })).toBe(42)
  })

  it('run coroutines and asynchronous generators', async () => {
    const { client } = session
    expect(await Promise.all([1, 2, 3].map(value => client.call('later', { value })))).toEqual([2, 4, 6])
    const run = client.stream('laterCount', { to: 700 })
    let last = -1
    for await (const n of run) last = n
    expect(last).toBe(699)
    expect(await run.result).toBe(700)
  })

  it('deliver notifications before the answers to later calls', async () => {
    const { client } = session
    for (const text of ['a', 'b', 'c']) client.notify('tell', { text })
    expect(await client.call('told')).toEqual(['a', 'b', 'c'])
  })

  it('lose no print: Python’s, a subprocess’s and a C library’s go to stderr', async () => {
    await session.client.call('noise')
    await expect
      .poll(() => [...session.stderr].sort())
      .toEqual(['from below', 'from a subprocess', '{"jsonrpc":"2.0","id":1,"result":"from print"}'].sort())
  })

  it('carry messages of several megabytes', async () => {
    const text = 'é'.repeat(4_000_000)
    expect((await session.client.call('echo', { text })).length).toBe(text.length)
  })
})

/** A child that is spoken to by hand. */
class Wire {
  readonly child: ChildProcessWithoutNullStreams
  readonly lines: Interface
  private readonly answers: AsyncIterableIterator<string>

  constructor() {
    this.child = spawn(python ?? 'python3', [program], { stdio: 'pipe' })
    this.lines = createInterface({ input: this.child.stdout })
    this.answers = this.lines[Symbol.asyncIterator]()
    this.child.stdin.on('error', () => undefined)
  }

  send(...messages: string[]): this {
    this.child.stdin.write(messages.map(message => `${message}\n`).join(''))
    return this
  }

  async next(): Promise<unknown> {
    const { value } = (await this.answers.next()) as { value?: string }
    return value === undefined ? undefined : JSON.parse(value)
  }

  async exit(): Promise<number | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, 'exit')
    return this.child.exitCode
  }
}
const request = (id: unknown, method: string, params?: unknown): string =>
  JSON.stringify({ jsonrpc: '2.0', id, method, ...(params === undefined ? {} : { params }) })
const failure = (id: unknown, code: number, data?: unknown): unknown =>
  expect.objectContaining({
    id,
    error: expect.objectContaining({ code, ...(data === undefined ? {} : { data }) }) as unknown,
  })

describe.skipIf(python === undefined)('a Python child on the wire', () => {
  let wire: Wire
  beforeEach(() => {
    wire = new Wire()
  })
  afterEach(() => {
    wire.child.kill('SIGKILL')
  })

  it.each([
    ['text that is not JSON', '{nope', failure(null, -32700)],
    ['an empty list', '[]', failure(null, -32600)],
    [
      'a batch, which emitted runtimes do not have',
      '[{"jsonrpc":"2.0","id":1,"method":"nothing"}]',
      failure(null, -32600),
    ],
    ['JSON that is no message', '{"a":1}', failure(null, -32600)],
    ['another version', '{"jsonrpc":"1.0","id":1,"method":"nothing"}', failure(null, -32600)],
    ['a method that is no text', '{"jsonrpc":"2.0","id":1,"method":5}', failure(1, -32600)],
    ['a bad id', '{"jsonrpc":"2.0","id":1.5,"method":"nothing"}', failure(null, -32600)],
    [
      'params that are neither object nor array',
      '{"jsonrpc":"2.0","id":1,"method":"nothing","params":3}',
      failure(1, -32600),
    ],
    ['an unknown method', request('x', 'nope'), failure('x', -32601, { method: 'nope' })],
    ['an unknown reserved method', request(2, '$/nope'), failure(2, -32601)],
    [
      'missing params',
      request(3, 'add'),
      failure(3, -32602, { issues: [{ path: '', message: 'must have exactly 2 elements' }] }),
    ],
    [
      'wrong params',
      request(4, 'add', [1, 'x']),
      failure(4, -32602, { issues: [{ path: '/1', message: 'must be a number' }] }),
    ],
    ['an overflow', '{"jsonrpc":"2.0","id":5,"method":"add","params":[1,1e400]}', failure(5, -32700)],
    ['NaN', '{"jsonrpc":"2.0","id":6,"method":"add","params":[1,NaN]}', failure(6, -32700)],
    [
      'a message too deep',
      `{"jsonrpc":"2.0","id":7,"method":"echo","params":{"text":${'['.repeat(200)}${']'.repeat(200)}}}`,
      failure(7, -32600),
    ],
    [
      'a message far too deep',
      `{"jsonrpc":"2.0","id":8,"method":"echo","params":{"text":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`,
      failure(8, -32600),
    ],
    [
      'a number of a thousand digits',
      `{"jsonrpc":"2.0","id":9,"method":"add","params":[1,${'9'.repeat(1000)}]}`,
      failure(9, -32700),
    ],
    [
      'a number of ten thousand digits',
      `{"jsonrpc":"2.0","id":9,"method":"add","params":[1,${'9'.repeat(10_000)}]}`,
      failure(9, -32700),
    ],
  ])('answers %s', async (_, line, answer) => {
    expect(await wire.send(line).next()).toEqual(answer)
    expect(await wire.send(request(99, 'add', [1, 1])).next()).toMatchObject({ id: 99, result: 2 })
  })

  it('accepts CRLF, spaces around, a byte order mark, members in any order, 1.0 as an id', async () => {
    wire.send('\ufeff  {"params":[1,-0.0],"method":"add","id":1.0,"jsonrpc":"2.0"}  \r')
    expect(await wire.next()).toEqual({ jsonrpc: '2.0', id: 1, result: 1 })
  })

  it('reads broken text as U+FFFD and lone surrogates too', async () => {
    wire.send('{"jsonrpc":"2.0","id":1,"method":"echo","params":{"text":"a\\ud800b\\ud83d\\ude00\\\\ud800"}}')
    expect(await wire.next()).toMatchObject({ result: 'a\ufffdb😀\\ud800' })
    wire.child.stdin.write(
      Buffer.concat([
        Buffer.from('{"jsonrpc":"2.0","id":2,"method":"echo","params":{"text":"'),
        Buffer.from([0xe2, 0x82, 0x41, 0xff]),
        Buffer.from('"}}\n'),
      ]),
    )
    expect(await wire.next()).toMatchObject({ result: '\ufffdA\ufffd' })
  })

  it('answers ping, contract and the like while a handler is busy', async () => {
    wire.send(request(1, 'slow', { seconds: 60 }), request('p', 'rpc.ping'), request('c', 'rpc.contract'))
    expect(await wire.next()).toEqual({ jsonrpc: '2.0', id: 'p', result: null })
    expect(await wire.next()).toMatchObject({
      id: 'c',
      result: { protocol: 1, name: 'conversation', version: '1.0.0' },
    })
  })

  it('describes its own contract', async () => {
    expect(await wire.send(request(1, 'rpc.discover')).next()).toEqual({
      jsonrpc: '2.0',
      id: 1,
      result: discover(contract),
    })
  })

  it('refuses an id that is still running, and cancels', async () => {
    wire.send(request(1, 'slow', { seconds: 60 }), request(1, 'add', [1, 1]))
    expect(await wire.next()).toEqual(failure(null, -32600))
    wire.send('{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":1}}')
    expect(await wire.next(), 'what the handler said when it heard of it').toMatchObject({
      method: 'log',
      params: { text: 'slow ended, cancelled true' },
    })
    expect(await wire.next()).toEqual(failure(1, -32800))
  })

  it('ignores cancels, credit and answers that belong to nothing', async () => {
    wire.send(
      '{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":77}}',
      '{"jsonrpc":"2.0","method":"$/credit","params":{"id":77,"items":1}}',
      '{"jsonrpc":"2.0","method":"$/whatever"}',
      '{"jsonrpc":"2.0","id":123,"result":1}',
      '{"jsonrpc":"2.0","id":null,"error":{"code":1,"message":"x"}}',
      request(1, 'add', [1, 1]),
    )
    expect(await wire.next()).toMatchObject({ id: 1, result: 2 })
  })

  it('sends no more than its window allows, and goes on with credit', async () => {
    wire.send(request(1, 'count', { to: 300 }))
    let items = 0
    while (items < 256) if (((await wire.next()) as { method?: string }).method === '$/item') items++
    wire.send(request(2, 'add', [1, 1]))
    expect(await wire.next(), 'nothing but this answer').toMatchObject({ id: 2, result: 2 })
    wire.send('{"jsonrpc":"2.0","method":"$/credit","params":{"id":1,"items":100}}')
    while (items < 300) if (((await wire.next()) as { method?: string }).method === '$/item') items++
  })

  it('answers everything after the end of input, and exits with 0', async () => {
    wire.child.stdin.end(
      `${request(1, 'slow', { seconds: 0.1 })}\n${request(2, 'count', { to: 2000 })}\n${request(3, 'add', [1, 2])}`,
    )
    const all: { id?: unknown; method?: string }[] = []
    for await (const line of wire.lines) all.push(JSON.parse(line) as { id?: unknown })
    expect(all.filter(message => message.method === '$/item')).toHaveLength(2000)
    expect(
      all
        .map(({ id }) => id)
        .filter(id => id !== undefined)
        .sort(),
    ).toEqual([1, 2, 3])
    expect(await wire.exit()).toBe(0)
  })

  it('fails its own calls after the end of input', async () => {
    wire.child.stdin.end(`${request(1, 'nest', { depth: 1 })}\n`)
    const answers: unknown[] = []
    for await (const line of wire.lines) answers.push(JSON.parse(line))
    expect(answers.at(-1)).toMatchObject({
      id: 1,
      error: { code: -32603, message: expect.stringContaining('host closed') as string },
    })
    expect(await wire.exit()).toBe(0)
  })

  it('ends by itself when the host is gone while a handler runs', async () => {
    wire.send(request(1, 'slow', { seconds: 600 }), request(2, 'rpc.ping'))
    await wire.next()
    wire.child.stdin.destroy()
    wire.child.stdout.destroy()
    expect(await wire.exit()).toBe(1)
  })
})
