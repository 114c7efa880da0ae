// Bytes as they are on the wire of a Python child.
import { execFile, spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { rmSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { python } from '../support/toolchains.js'
import { wirePrograms } from './wire-programs.js'

const mark = '0123456789abcdef'

interface Message {
  id?: number | string | null
  bytes?: number
  method?: string
  params?: Record<string, unknown>
  result?: unknown
  error?: { code: number; message: string; data?: unknown }
  data?: Buffer
}

/** A child that is spoken to by hand, with bytes behind lines. */
class RawWire {
  readonly child: ChildProcessWithoutNullStreams
  theirs = ''
  private buffer = Buffer.alloc(0)
  private readonly chunks: AsyncIterator<Buffer, undefined>

  constructor(program: string) {
    this.child = spawn(python ?? 'python3', [program])
    this.child.stdin.on('error', () => undefined)
    this.chunks = this.child.stdout[Symbol.asyncIterator]() as AsyncIterator<Buffer, undefined>
  }

  async agree(): Promise<void> {
    this.line({ id: 'offer', method: 'rpc.contract', params: { bytes: 'raw', mark } })
    const { result } = await this.next()
    expect(result).toMatchObject({ protocol: 2, bytes: 'raw' })
    this.theirs = (result as { mark: string }).mark
    expect(this.theirs).toMatch(/^[\da-f]{16}$/)
  }

  line(message: object): this {
    this.child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
    return this
  }

  send(...messages: Buffer[]): this {
    this.child.stdin.write(Buffer.concat(messages))
    return this
  }

  async next(): Promise<Message> {
    while (!this.buffer.includes(10)) await this.more()
    const end = this.buffer.indexOf(10)
    const message = JSON.parse(this.buffer.subarray(0, end).toString()) as Message
    this.buffer = this.buffer.subarray(end + 1)
    if (message.bytes === undefined) return message
    const tail = `\n${this.theirs}\n`
    while (this.buffer.length < message.bytes + tail.length) await this.more()
    message.data = this.buffer.subarray(0, message.bytes)
    expect(this.buffer.subarray(message.bytes, message.bytes + tail.length).toString()).toBe(tail)
    this.buffer = this.buffer.subarray(message.bytes + tail.length)
    return message
  }

  private async more(): Promise<void> {
    const { value } = await this.chunks.next()
    if (value === undefined) throw new Error(`the child ended after ${this.buffer.toString()}`)
    this.buffer = Buffer.concat([this.buffer, value])
  }
}

/** A message with bytes, as a host writes it. */
const raw = (rest: string, data: Buffer, size: number | string = data.length): Buffer =>
  Buffer.concat([
    Buffer.from(`{"jsonrpc":"2.0","bytes":${size},${rest}}\n`),
    data,
    Buffer.from(`\n${mark}\n`),
  ])
const echo = (id: number, data: Buffer, size?: number | string): Buffer =>
  raw(
    `"id":${id},"method":"echo","params":{"data":[0,${typeof size === 'number' ? size : data.length}]}`,
    data,
    size,
  )
const ping = (id: string): Buffer => Buffer.from(`{"jsonrpc":"2.0","id":"${id}","method":"rpc.ping"}\n`)
const some = (size: number, seed = 1): Buffer =>
  Buffer.from(Uint8Array.from({ length: size }, (_, n) => n * seed))

describe.skipIf(python === undefined)('bytes as they are at a Python child', () => {
  let folder = ''
  let wire: RawWire
  beforeAll(() => {
    folder = wirePrograms()
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  beforeEach(() => {
    wire = new RawWire(path.join(folder, 'wire_child.py'))
  })
  afterEach(() => {
    wire.child.kill('SIGKILL')
  })

  it.each([4096, 100_000, 5_000_000])('of %d bytes come and go', async size => {
    await wire.agree()
    const data = some(size, 7)
    const answer = await wire.send(echo(1, data)).next()
    expect(answer).toMatchObject({ id: 1, bytes: size, result: [0, size] })
    expect(answer.data?.equals(data)).toBe(true)
  })

  it('are base64 where they are short, and where nothing was agreed to', async () => {
    const data = some(5000)
    const text = data.toString('base64')
    wire.line({ id: 1, method: 'echo', params: { data: text } })
    expect(await wire.next()).toEqual({ jsonrpc: '2.0', id: 1, result: text })
    await wire.agree()
    expect(await wire.send(echo(2, some(3))).next()).toEqual({ jsonrpc: '2.0', id: 2, result: 'AAEC' })
    wire.line({ id: 3, method: 'echo', params: { data: '' } })
    expect(await wire.next()).toEqual({ jsonrpc: '2.0', id: 3, result: '' })
  })

  it('are not agreed to with a mark that is none', async () => {
    for (const params of [
      { bytes: 'raw' },
      { bytes: 'raw', mark: 'ABCDEF0123456789' },
      { bytes: 'other', mark },
      { bytes: 'raw', mark: `${mark}0` },
    ]) {
      const { result } = await wire.line({ id: 1, method: 'rpc.contract', params }).next()
      expect(result).not.toHaveProperty('bytes')
    }
    wire.send(Buffer.from('{"jsonrpc":"2.0","bytes":3,"id":2,"method":"echo","params":{"data":[0,3]}}\n'))
    expect(await wire.next()).toMatchObject({
      id: 2,
      error: { code: -32600, message: 'The message cannot be read: its bytes were not agreed to' },
    })
  })

  it('stand in unions, maps, tuples, items, progress, results and errors', async () => {
    await wire.agree()
    const size = 5000
    const parts = [1, 2, 3, 4].map(seed => some(size, seed))
    const text = some(6000, 9)
    const params = (place: string): string =>
      `{"either":[0,5000],"beside":${JSON.stringify(text.toString('base64'))},"named":{"a":[5000,5000]},"pair":[[10000,5000],${place}],"maybe":[15000,5000]}`
    wire.send(raw(`"id":1,"method":"places","params":${params('[0,5000]')}`, Buffer.concat(parts)))
    const progress = await wire.next()
    expect(progress).toMatchObject({ method: '$/progress', params: { token: 1, value: [0, size] } })
    expect(progress.data?.equals(parts[2] ?? Buffer.alloc(0))).toBe(true)
    const expected = [parts[0], text, parts[1], parts[2], parts[3]]
    for (const part of expected) {
      const item = await wire.next()
      expect(item).toMatchObject({ method: '$/items', params: { id: 1, values: [[0, part?.length]] } })
      expect(item.data).toEqual(part)
    }
    const answer = await wire.next()
    expect(answer.result).toEqual([
      [0, 5000],
      [5000, 6000],
      [11000, 5000],
      [16000, 5000],
      [21000, 5000],
    ])
    expect(answer.data).toEqual(Buffer.concat(expected as Buffer[]))
    wire.send(raw(`"id":2,"method":"places","params":${params('[1,1]')}`, Buffer.concat(parts)))
    const failure = await wire.next()
    expect(failure).toMatchObject({ id: 2, error: { code: 1, data: [0, size] } })
    expect(failure.data).toEqual(parts[2])
  })

  it.each([
    ['a gap', '[1,4999]'],
    ['too little', '[0,4999]'],
    ['too much', '[0,5001]'],
    ['nothing', '[0,0]'],
    ['no place', '"AAAA"'],
  ])('with %s are an unreadable message', async (_, place) => {
    await wire.agree()
    wire.send(raw(`"id":1,"method":"echo","params":{"data":${place}}`, some(5000)), ping('p'))
    const answers = [await wire.next(), await wire.next()]
    expect(answers.find(({ id }) => id === 1)).toMatchObject({ error: { code: -32600 } })
    expect(answers.find(({ id }) => id === 'p')).toMatchObject({ result: null })
  })

  it.each(['0', '-1', '05', '1.5', '"5"', '1e3'])(
    'of a size that is none, %s, are not looked for',
    async size => {
      await wire.agree()
      wire.send(
        Buffer.from(`{"jsonrpc":"2.0","bytes":${size},"id":1,"method":"echo","params":{"data":""}}\n`),
        ping('p'),
      )
      const answers = [await wire.next(), await wire.next()]
      expect(answers).toContainEqual(expect.objectContaining({ id: 'p', result: null }))
      expect(answers.some(({ error }) => error !== undefined)).toBe(true)
    },
  )

  it('in which something else was written are found at the mark, and nothing in them runs', async () => {
    await wire.agree()
    const hidden = Buffer.from('\n{"jsonrpc":"2.0","id":"hidden","method":"rpc.ping"}\n')
    const data = Buffer.concat([some(5000), hidden, some(5000)])
    for (const size of [9000, 4000, data.length + 5, data.length + 40, data.length - 1]) {
      wire.send(echo(1, data, size), ping('p'))
      expect(await wire.next()).toMatchObject({ id: 1, error: { code: -32600 } })
      expect(await wire.next()).toMatchObject({ id: 'p', result: null })
    }
    const answer = await wire.send(echo(2, data)).next()
    expect(answer.data).toEqual(data)
  })

  it('are read however they are cut', { timeout: 60_000 }, async () => {
    await wire.agree()
    const data = some(100, 3)
    const message = echo(1, data)
    for (let at = 1; at < message.length; at++) {
      wire.send(message.subarray(0, at))
      await new Promise(setImmediate)
      wire.send(message.subarray(at))
      expect(await wire.next()).toEqual({ jsonrpc: '2.0', id: 1, result: data.toString('base64') })
    }
  })

  it('come in thousands at once', { timeout: 60_000 }, async () => {
    await wire.agree()
    const data = some(4096, 5)
    wire.send(...Array.from({ length: 3000 }, (_, id) => echo(id, data)))
    for (let id = 0; id < 3000; id++) expect((await wire.next()).bytes).toBe(4096)
  })

  it('that the end of input cuts off are no message', async () => {
    await wire.agree()
    wire.send(echo(1, some(5000)).subarray(0, 4000))
    wire.child.stdin.end()
    await expect(wire.next()).rejects.toThrow('the child ended after')
    expect(wire.child.exitCode ?? 0).toBe(0)
  })
})

describe.skipIf(python === undefined)('bytes as they are at a Python host', () => {
  let folder = ''
  beforeAll(() => {
    folder = wirePrograms()
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it.each(['threads', 'coroutines'])('come and go, also in the first call, on %s', async way => {
    const { stdout } = await promisify(execFile)(
      python ?? 'python3',
      [path.join(folder, 'wire_bytes_host.py'), way],
      { cwd: folder },
    )
    const unreadable = { error: 'UNREADABLE_MESSAGE' }
    expect(JSON.parse(stdout)).toEqual({
      agreed: { first: true, types: [true, true, true], sizes: [0, 1, 4096, 3_000_000], raw: true },
      refused: { first: true, raw: false },
      glued: { same: true, lines: ['progress 40%'] },
      'no mark': { ...unreadable, next: true },
      'a gap': { ...unreadable, next: true },
      'cut off': { error: 'WORKER_EXITED' },
    })
  })
})
