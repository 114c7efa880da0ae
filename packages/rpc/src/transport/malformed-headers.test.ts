import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { headersDecoder } from './headers-decoder.js'
import { JsonEnd } from './json-end.js'

const seed = 20_261_127

/** All that is told of these bytes, cut into pieces at these places. */
function told(bytes: Buffer, cuts: readonly number[], limit = 2000): unknown[] {
  const out: unknown[] = []
  const decoder = headersDecoder(
    {
      line: text => out.push({ line: text }),
      body: text => out.push({ body: text }),
      plain: text => out.push({ plain: text }),
      skipped: (head, length) => out.push({ skipped: length, head: head.toString('latin1') }),
      wrong: why => out.push({ wrong: why }),
    },
    limit,
  )
  let at = 0
  for (const cut of [...cuts, bytes.length]) {
    if (cut > at) decoder.push(Buffer.from(bytes.subarray(at, cut)))
    at = Math.max(at, cut)
  }
  decoder.end()
  return out
}

const everywhere = (bytes: Buffer): number[] => Array.from(bytes, (_, at) => at)
const inPieces = (bytes: Buffer, size: number): number[] =>
  Array.from({ length: Math.floor(bytes.length / size) }, (_, i) => i * size)

const name = fc.constantFrom(
  'Content-Length: ',
  'content-length:',
  'Content-Length:\t',
  'Content-Lengt',
  'Content-Type: ',
)
const lineEnd = fc.constantFrom('\r\n', '\n', '\r', '', '\r\n\r\n', '\n\n')
const json = fc.constantFrom(
  '{}',
  '[]',
  '{"n":1}',
  '{"n":{"m":[1,2]}}',
  '{"text":"}\\"{Content-Length: 5"}',
  '{"n":1',
  '{"n":}',
  '{"a":"\nContent-Length: 3\r\n\r\n',
  '{"n":1}}',
  '{]',
  '{"ä":"😀"}',
)
const piece = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(name, fc.integer({ min: -2, max: 40 }), lineEnd).map(all => all.join('')),
  },
  { weight: 6, arbitrary: json },
  { weight: 3, arbitrary: json.map(text => `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`) },
  { weight: 2, arbitrary: lineEnd },
  {
    weight: 1,
    arbitrary: fc.constantFrom(' ', '\t', ',', '}', 'warning: ', 'ä', 'x: y', 'Content-Length: 3000\r\n\r\n'),
  },
  { weight: 1, arbitrary: fc.constantFrom(' '.repeat(100), 'z'.repeat(1500), 'Content-Length: many') },
)
const malformed = fc.array(piece, { minLength: 1, maxLength: 12 }).map(all => Buffer.from(all.join('')))

describe('What the headers reader tells of malformed input', () => {
  it('does not depend on where that is cut', () => {
    fc.assert(
      fc.property(malformed, fc.array(fc.nat(400), { maxLength: 5 }), (bytes, cuts) => {
        const whole = told(bytes, [])
        expect(told(bytes, everywhere(bytes))).toEqual(whole)
        expect(
          told(
            bytes,
            cuts.sort((one, other) => one - other),
          ),
        ).toEqual(whole)
      }),
      { seed, numRuns: 3000 },
    )
  })

  it.each([
    ['a long line', 'ä'.repeat(100_000)],
    ['a long line that is not UTF-8', Buffer.alloc(200_000, 0x80)],
    ['a long line behind a rejected header', `Content-Length: -1\r\n\r\n{"a":"${'x'.repeat(100_000)}"}`],
    [
      'JSON that just fits behind a rejected header',
      `Content-Length: -1\r\n\r\n{"a":"${'x'.repeat(65_525)}"}{}`,
    ],
    ['a long body that ends early', `Content-Length: 90000\r\n\r\n{"a":"${'x'.repeat(60_000)}"}\n{}`],
    [
      'a long body that ends behind what is looked at',
      `Content-Length: 90000\r\n\r\n{"a":"${'x'.repeat(80_000)}"}\n{}`,
    ],
    [
      'a header deep in a long body',
      `Content-Length: 90000\r\n\r\n{"a":[${'1,'.repeat(40_000)}[]Content-Length: 2\r\n\r\n{}`,
    ],
    ['a header over many lines', `Content-Length: 2\r\n${'a: b\r\n'.repeat(20_000)}\r\n{}`],
  ])('does not depend on it for %s', (_, text) => {
    const bytes = Buffer.from(text as string)
    const whole = told(bytes, [], 1_000_000)
    for (const size of [1, 1000, 65_536]) expect(told(bytes, inPieces(bytes, size), 1_000_000)).toEqual(whole)
  })

  it('ends a message where its JSON does', () => {
    const bytes = Buffer.from('Content-Length: 40\r\n\r\n{"n":1} \r\nhello\n{"n":2}\n')
    expect(told(bytes, [])).toEqual([
      { body: '{"n":1}' },
      { wrong: 'A Content-Length of 40 is larger than its message' },
      { plain: 'hello' },
      { plain: '{"n":2}' },
    ])
  })

  it('has every byte of a long line', () => {
    const bytes = Buffer.alloc(200_000, 0x80)
    const all = told(bytes, []).map(event => (event as { plain: string }).plain)
    expect(all.join('')).toBe('\ufffd'.repeat(200_000))
  })

  it('gives up a header that does not end', () => {
    const lines = 20_000
    const out = told(Buffer.from(`Content-Length: 2\r\n${'a: b\r\n'.repeat(lines)}\r\n{}`), [])
    expect(out).toEqual([
      { plain: 'Content-Length: 2' },
      ...Array.from({ length: lines }, () => ({ plain: 'a: b' })),
      { plain: '{}' },
    ])
  })
})

describe('The work of the headers reader', () => {
  /** How many bytes are copied, decoded, parsed and scanned. */
  function workOf(bytes: Buffer): number {
    let work = 0
    const sizeOf = (value: unknown): number => (value as { length: number }).length
    const count = (owner: object, name: string, what: 'given' | 'result') => {
      const original = Reflect.get(owner, name) as (...args: unknown[]) => unknown
      Reflect.set(owner, name, function (this: unknown, ...args: unknown[]) {
        if (what === 'given') work += sizeOf(args[0])
        const result = original.apply(this, args)
        if (what === 'result') work += sizeOf(result)
        return result
      })
      return () => Reflect.set(owner, name, original)
    }
    const restore = [
      count(Buffer, 'concat', 'result'),
      count(Buffer.prototype as object, 'toString', 'result'),
      count(JSON, 'parse', 'given'),
      count(JsonEnd.prototype, 'find', 'given'),
    ]
    try {
      told(bytes, everywhere(bytes), 1_000_000)
    } finally {
      for (const one of restore) one()
    }
    return work
  }

  const announced = (text: string): string => `Content-Length: ${text.length + 50}\r\n\r\n${text}`

  it.each<[string, (count: number) => string]>([
    ['spaces behind a body', count => announced(`{}${' '.repeat(count)}`)],
    ['many objects in one body', count => announced('{},'.repeat(count / 3))],
    ['brackets', count => announced(`{${'}'.repeat(count)}`)],
    ['closed brackets that open again', count => announced(`[${'[],'.repeat(count / 3)}`)],
    ['text that begins like a header', count => announced(`{${'}c'.repeat(count / 2)}`)],
    ['line ends in a body', count => announced(`{${'}1\n'.repeat(count / 3)}`)],
    [
      'a message behind a rejected header',
      count => `Content-Length: -1\r\n\r\n{"a":[${'{},'.repeat(count / 3)}`,
    ],
    ['objects behind a rejected header', count => `Content-Length: -1\r\n\r\n${'{},'.repeat(count / 3)}`],
    ['a line without an end', count => 'x'.repeat(count)],
    ['lines of a header', count => `Content-Length: 5\r\n${'a: b\r\n'.repeat(count / 6)}`],
  ])('grows with the input and no faster: %s', (_, input) => {
    const [some, more] = [6000, 24_000].map(count => workOf(Buffer.from(input(count))))
    expect((more ?? 0) / (some ?? 1)).toBeLessThan(4.5)
  })
})
