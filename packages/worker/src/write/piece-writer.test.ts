import { once } from 'node:events'
import { createServer, connect, type AddressInfo } from 'node:net'
import { Writable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { PieceWriter } from './piece-writer.js'

const piece = 1024 * 1024

/** A stream that takes one write at a time, when it gets to it. */
class Sink extends Writable {
  readonly writes: Buffer[] = []
  override _write(chunk: Buffer, _: BufferEncoding, done: () => void): void {
    this.writes.push(chunk)
    setImmediate(done)
  }
  get text(): string {
    return Buffer.concat(this.writes).toString()
  }
}

function write(writer: PieceWriter, data: string | Uint8Array): Promise<void> {
  const bytes = typeof data === 'string' ? Buffer.byteLength(data) : data.byteLength
  return new Promise(resolve => writer.write(data, bytes, resolve))
}

describe('text', () => {
  test.each([
    ['of ASCII', 'x'.repeat(3 * piece + 5), 4],
    ['of exactly one piece', 'x'.repeat(piece), 1],
    ['in other letters', 'ä'.repeat(2 * piece), 2],
    ['with a surrogate pair at the border', `${'x'.repeat(piece - 1)}😀${'y'.repeat(piece)}`, 3],
  ])('%s arrives as it was', async (_, text, pieces) => {
    const sink = new Sink()
    await write(new PieceWriter(sink), text)
    expect(sink.text === text).toBe(true)
    expect(sink.writes.length).toBe(pieces)
  })
})

test('what is written behind a long text arrives behind it, and the end comes last', async () => {
  const sink = new Sink()
  const writer = new PieceWriter(sink)
  const long = 'x'.repeat(2 * piece)
  const done: string[] = []
  const all = [long, 'ä', Buffer.from('bytes'), long].map(async (data, index) => {
    await write(writer, data)
    done.push(`${index}`)
  })
  writer.end()
  await Promise.all(all)
  expect(done).toEqual(['0', '1', '2', '3'])
  expect(sink.text === `${long}äbytes${long}`).toBe(true)
  expect(sink.writableEnded).toBe(true)
})

test('what was cleared is never written', async () => {
  const sink = new Sink()
  const writer = new PieceWriter(sink)
  writer.write('x'.repeat(3 * piece), 3 * piece, () => expect.unreachable())
  writer.clear()
  await write(writer, 'after')
  expect(sink.text === `${'x'.repeat(piece)}after`).toBe(true)
})

test('sockets get long texts whole, several at once and in any letters', async () => {
  const border = 64 * 1024
  const texts = [
    'x'.repeat(5 * border + 1),
    'ä€'.repeat(2 * border),
    `${'x'.repeat(border - 1)}😀${'y'.repeat(3 * border)}`,
    'z'.repeat(20 * border),
  ]
  const server = createServer(socket => {
    const writer = new PieceWriter(socket)
    for (const text of texts) void write(writer, text)
    writer.end()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const read = async (): Promise<string> => {
    const chunks: Buffer[] = []
    for await (const chunk of connect(port, '127.0.0.1')) chunks.push(chunk as Buffer)
    return Buffer.concat(chunks).toString()
  }
  for (const got of await Promise.all([read(), read(), read()])) expect(got === texts.join('')).toBe(true)
  server.close()
})
