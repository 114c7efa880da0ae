import { PassThrough } from 'node:stream'
import { StreamMessageWriter } from 'vscode-jsonrpc/node'
import { describe, expect, it } from 'vitest'
import { headerFrame, headersDecoder, HeadersMessageWriter } from './headers.js'
import type { Receiver } from './transport.js'

/** What comes out of these bytes, cut into pieces of a size. */
function decode(bytes: string | Buffer, size = Infinity, limit = 1000): unknown[] {
  const out: unknown[] = []
  const receiver: Receiver = {
    line: text => out.push({ line: text }),
    body: text => out.push(JSON.parse(text) as unknown),
    plain: text => out.push(text),
    skipped: (head, count) => out.push({ skipped: count, head: head.length }),
  }
  const decoder = headersDecoder(receiver, limit)
  const all = Buffer.from(bytes as string)
  for (let at = 0; at < all.length; at += Math.min(size, all.length))
    decoder.push(all.subarray(at, at + size))
  decoder.end()
  return out
}
const frame = (json: string): string => headerFrame.before(json) + json
const one = frame('{"n":1}')
const two = frame('{"n":"ä"}')

describe('The headers reader', () => {
  it.each<[string, string, unknown[]]>([
    ['messages one behind the other', one + two, [{ n: 1 }, { n: 'ä' }]],
    [
      'a second header',
      `Content-Length: 7\r\nContent-Type: application/vscode-jsonrpc; charset=utf-8\r\n\r\n{"n":1}${two}`,
      [{ n: 1 }, { n: 'ä' }],
    ],
    ['a header before the length', `Content-Type: x\r\n${one}`, [{ n: 1 }]],
    ['names in other letters, and spaces', `content-length:  7 \r\n\r\n{"n":1}`, [{ n: 1 }]],
    ['bare line feeds', `Content-Length: 7\n\n{"n":1}${one}`, [{ n: 1 }, { n: 1 }]],
    [
      'chatter before the first message',
      `\n> app@1.0.0 start\n> node app\n\n${one}${two}`,
      ['> app@1.0.0 start', '> node app', { n: 1 }, { n: 'ä' }],
    ],
    ['chatter between messages', `${one}a stray print\n${two}`, [{ n: 1 }, 'a stray print', { n: 'ä' }]],
    [
      'a header in the middle of a line, which is none',
      `got Content-Length: 7\n${one}`,
      ['got Content-Length: 7', { n: 1 }],
    ],
    ['a negative length', `Content-Length: -5\r\n\r\n${one}`, ['Content-Length: -5', { n: 1 }]],
    ['a length of zero', `Content-Length: 0\r\n\r\n${one}`, ['Content-Length: 0', { n: 1 }]],
    [
      'a length that is no number',
      `Content-Length: many\r\n\r\n{"n":0}${one}`,
      ['Content-Length: many', '{"n":0}', { n: 1 }],
    ],
    [
      'a length beyond all reason',
      `Content-Length: 99999999999999\r\n\r\n{"n":0}${one}`,
      ['Content-Length: 99999999999999', '{"n":0}', { n: 1 }],
    ],
    [
      'a header that text interrupts',
      `Content-Length: 7\r\nWarning!\n${one}`,
      ['Content-Length: 7', 'Warning!', { n: 1 }],
    ],
    ['a header that another follows', `Content-Length: 99\r\n${one}`, ['Content-Length: 99', { n: 1 }]],
    ['a body that never comes', `${one}Content-Length: 7\r\n\r\n{"n`, [{ n: 1 }]],
    ['text at the end', `${one}bye`, [{ n: 1 }, 'bye']],
    [
      'a message over the limit',
      `Content-Length: 2000\r\n\r\n${'x'.repeat(2000)}${one}`,
      [{ skipped: 2000, head: 1024 }, { n: 1 }],
    ],
  ])('bears %s, however it is cut', (_, text, expected) => {
    for (const size of [Infinity, 1, 2, 3, 7, 50]) expect(decode(text, size)).toEqual(expected)
  })

  it('keeps no more than needed of a line without an end', () => {
    const out = decode(`${'x'.repeat(200_000)}\n${one}`, 1000)
    expect(out.at(-1)).toEqual({ n: 1 })
    expect(out.slice(0, -1).join('')).toBe('x'.repeat(200_000))
  })
})

describe('The headers writer', () => {
  it('writes the bytes that vscode-jsonrpc writes', async () => {
    const message = { jsonrpc: '2.0', method: 'x', params: { text: 'ä😀' } }
    const [theirs, ours] = [new PassThrough(), new PassThrough()]
    await new StreamMessageWriter(theirs).write(message)
    const writer = new HeadersMessageWriter(ours)
    await writer.write(message)
    writer.flush()
    expect(String(ours.read())).toBe(String(theirs.read()))
  })
})
