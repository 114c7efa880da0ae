import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { StreamMessageWriter } from 'vscode-jsonrpc/node'

import { headersDecoder } from './headers-decoder.js'
import { headerFrame, HeadersMessageWriter } from './headers.js'
import type { Receiver } from './transport.js'

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return { cut: text }
  }
}

/** What comes out of these bytes, cut into pieces of a size. */
function decode(bytes: string | Buffer, size = Infinity, limit = 1000): unknown[] {
  const out: unknown[] = []
  const receiver: Receiver = {
    line: text => out.push({ line: text }),
    body: text => out.push(parsed(text)),
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
function wrongIn(bytes: string): string[] {
  const out: string[] = []
  const nothing = (): void => undefined
  const decoder = headersDecoder({
    line: nothing,
    body: nothing,
    plain: nothing,
    skipped: nothing,
    wrong: why => out.push(why),
  })
  decoder.push(Buffer.from(bytes))
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
      ['Content-Length: many', { line: '{"n":0}' }, { n: 1 }],
    ],
    [
      'a length beyond all reason',
      `Content-Length: 99999999999999\r\n\r\n{"n":0}${one}`,
      ['Content-Length: 99999999999999', { line: '{"n":0}' }, { n: 1 }],
    ],
    [
      'a header that text interrupts',
      `Content-Length: 7\r\nWarning!\n${one}`,
      ['Content-Length: 7', 'Warning!', { n: 1 }],
    ],
    ['a header that another follows', `Content-Length: 99\r\n${one}`, ['Content-Length: 99', { n: 1 }]],
    [
      'text without a line end before a header',
      `Loading…${one}done${two}`,
      ['Loading…', { n: 1 }, 'done', { n: 'ä' }],
    ],
    [
      'text that only looks like a header',
      `got Content-Length: 7\n\nhello\n${one}`,
      ['got Content-Length: 7', 'hello', { n: 1 }],
    ],
    ['a length that is given twice', `Content-Length: 9\r\n${one}`, ['Content-Length: 9', { n: 1 }]],
    ['a length that is a little too long', `Content-Length: 11\r\n\r\n{"n":1}${two}`, [{ n: 1 }, { n: 'ä' }]],
    [
      'a length that reaches far into the next message',
      `Content-Length: 31\r\n\r\n{"n":1}${two}${one}`,
      [{ n: 1 }, { n: 'ä' }, { n: 1 }],
    ],
    ['a length beyond the end', `Content-Length: 900\r\n\r\n{"n":1}${two}`, [{ n: 1 }, { n: 'ä' }]],
    ['a length over the limit and beyond the end', `Content-Length: 99999\r\n\r\n{"n":1}`, [{ n: 1 }]],
    ['a line end that is counted', `Content-Length: 9\r\n\r\n{"n":1}\r\n${two}`, [{ n: 1 }, { n: 'ä' }]],
    [
      'a message behind a length that is none',
      'Content-Length: -5\r\n\r\n{"n":0}',
      ['Content-Length: -5', { line: '{"n":0}' }],
    ],
    [
      'a length that is too short',
      `Content-Length: 4\r\n\r\n{"n":1}${one}`,
      [{ cut: '{"n"' }, ':1}', { n: 1 }],
    ],
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

  it('reads a message behind a long text without a line end, wherever that is cut', () => {
    for (const length of [65_520, 65_530, 65_540, 65_560, 200_000]) {
      const out = decode(`${'ä'.repeat(length / 2)}${one}`, 1000)
      expect(out.at(-1)).toEqual({ n: 1 })
      expect(out.slice(0, -1).join('')).toBe('ä'.repeat(length / 2))
    }
  })

  it('says what is wrong with a length', () => {
    expect(wrongIn(`Content-Length: -5\r\n\r\n${one}`)).toEqual(['Rejected a header: Content-Length: -5'])
    expect(wrongIn(`Content-Length: 11\r\n\r\n{"n":1}${one}`)).toEqual([
      'A Content-Length of 11 is larger than its message',
    ])
    expect(wrongIn(`Content-Length: 9\r\n\r\n{"n":1}\r\n${one}`)).toEqual([])
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
