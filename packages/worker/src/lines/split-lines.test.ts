import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LineSplitter, type LineSink } from './split-lines.js'

class Lines implements LineSink {
  readonly got: (string | { head: string; bytes: number })[] = []
  line(text: string): void {
    this.got.push(text)
  }
  skipped(head: Buffer, bytes: number): void {
    this.got.push({ head: head.toString('latin1'), bytes })
  }
}

function split(chunks: readonly (string | Uint8Array)[], maxLineBytes?: number): Lines['got'] {
  const lines = new Lines()
  const splitter = new LineSplitter(lines, maxLineBytes === undefined ? {} : { maxLineBytes })
  for (const chunk of chunks) splitter.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk)
  splitter.end()
  return lines.got
}

function byteByByte(text: string): Uint8Array[] {
  return [...Buffer.from(text)].map(byte => Uint8Array.of(byte))
}

describe('lines', () => {
  test.each([
    ['end with LF', 'a\nb\n', ['a', 'b']],
    ['end with CRLF, which goes with them', 'a\r\nb\r\n', ['a', 'b']],
    ['of both kinds may be mixed', 'a\r\nb\nc\r\n', ['a', 'b', 'c']],
    ['may be empty', '\n\r\n\na\n\n', ['', '', '', 'a', '']],
    ['keep their spaces', '  a \n\t\n', ['  a ', '\t']],
    ['keep a CR that ends no line', 'a\rb\n\rc\n\r\r\n', ['a\rb', '\rc', '\r']],
    ['keep NUL', 'a\0b\n\0\n', ['a\0b', '\0']],
    [
      'are not ended by U+2028, U+2029, U+0085, VT or FF',
      'a\u2028b\u2029c\u0085d\ve\ff\n',
      ['a\u2028b\u2029c\u0085d\ve\ff'],
    ],
    ['keep a byte order mark', '\ufeffa\n', ['\ufeffa']],
    ['count without a line end at the end of input', 'a\nb', ['a', 'b']],
    ['keep a CR at the end of input', 'a\r', ['a\r']],
    ['are none when there is no input', '', []],
    ['hold every script', 'äöü €\n日本語 😀\n', ['äöü €', '日本語 😀']],
  ])('%s', (_, input, expected) => {
    expect(split([input])).toEqual(expected)
    expect(split(byteByByte(input))).toEqual(expected)
  })

  test('are the same however the bytes are cut', () => {
    const text = fc.string({
      unit: fc.constantFrom('\n', '\r', '\r\n', 'a', 'ä', '€', '😀', '\0', ' '),
      maxLength: 60,
    })
    fc.assert(
      fc.property(text, fc.array(fc.nat(80), { maxLength: 8 }), (input, cuts) => {
        const bytes = Buffer.from(input)
        const places = [
          0,
          ...cuts.map(cut => Math.min(cut, bytes.length)).sort((a, b) => a - b),
          bytes.length,
        ]
        const chunks = places.slice(1).map((to, index) => bytes.subarray(places[index], to))
        const expected = input.split('\n')
        const last = expected.pop()
        const lines = expected.map(line => (line.endsWith('\r') ? line.slice(0, -1) : line))
        expect(split(chunks)).toEqual(last === '' ? lines : [...lines, last])
      }),
      { numRuns: 2000 },
    )
  })

  test('with bytes that are no UTF-8 hold U+FFFD for each maximal invalid part, as TextDecoder has it', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 12 }), { maxLength: 6 }), chunks => {
        const whole = Buffer.concat(chunks)
        const expected: string[] = []
        let from = 0
        for (let end = whole.indexOf(10); end >= 0; end = whole.indexOf(10, from)) {
          const to = end > from && whole[end - 1] === 13 ? end - 1 : end
          expected.push(new TextDecoder('utf-8', { ignoreBOM: true }).decode(whole.subarray(from, to)))
          from = end + 1
        }
        if (from < whole.length)
          expected.push(new TextDecoder('utf-8', { ignoreBOM: true }).decode(whole.subarray(from)))
        expect(split(chunks)).toEqual(expected)
      }),
      { numRuns: 2000 },
    )
  })

  test('are handed over before a push returns', () => {
    const lines = new Lines()
    const splitter = new LineSplitter(lines)
    splitter.push(Buffer.from('a\nb'))
    expect(lines.got).toEqual(['a'])
    splitter.push(Buffer.from('c\n'))
    expect(lines.got).toEqual(['a', 'bc'])
  })

  test('do not change when the chunk they came in is used again', () => {
    const lines = new Lines()
    const splitter = new LineSplitter(lines)
    const chunk = Buffer.from('abc')
    splitter.push(chunk)
    chunk.fill('x')
    splitter.push(Buffer.from('\n'))
    expect(lines.got).toEqual(['abc'])
  })
})

describe('the lines that were handed over last', () => {
  test('are known at each moment, however the bytes are cut', () => {
    const text = fc.string({ unit: fc.constantFrom('\n', '\r\n', 'a', '\r', 'ä'), maxLength: 150 })
    fc.assert(
      fc.property(text, fc.array(fc.nat(200), { maxLength: 8 }), fc.boolean(), (input, cuts, looks) => {
        const got: string[] = []
        const splitter: LineSplitter = new LineSplitter({
          line: line => {
            got.push(line)
            expect(splitter.lastLine).toBe(line)
            if (looks) expect(splitter.lastLines).toEqual(got.slice(-20))
          },
          skipped: () => undefined,
        })
        const bytes = Buffer.from(input)
        const places = [
          0,
          ...cuts.map(cut => Math.min(cut, bytes.length)).sort((a, b) => a - b),
          bytes.length,
        ]
        for (const [index, to] of places.slice(1).entries()) splitter.push(bytes.subarray(places[index], to))
        splitter.end()
        expect(splitter.lastLine).toBe(got.at(-1))
        expect(splitter.lastLines).toEqual(got.slice(-20))
      }),
      { numRuns: 2000 },
    )
  })
})

describe('unterminated text', () => {
  test('is told, without a character that has not arrived whole', () => {
    const splitter = new LineSplitter(new Lines())
    expect(splitter.partial).toBe('')
    for (const [byte, partial] of [[0x61, 'a'], [0xe2, 'a'], [0x82, 'a'], [0xac, 'a€'], [0xf0, 'a€'], [0x9f, 'a€'], [0x98, 'a€'], [0x80, 'a€😀']] as const) {
      splitter.push(Uint8Array.of(byte))
      expect(splitter.partial).toBe(partial)
    } // prettier-ignore
    splitter.push(Buffer.from('\n'))
    expect(splitter.partial).toBe('')
  })
})

describe('a line that is too long', () => {
  test('is skipped with its first bytes and its length, in its place', () => {
    expect(split(['a\n', 'x'.repeat(11), '\nb\n'], 10)).toEqual([
      'a',
      { head: 'x'.repeat(11), bytes: 11 },
      'b',
    ])
    expect(split(['a\n' + 'x'.repeat(11) + '\nb\n'], 10)).toEqual([
      'a',
      { head: 'x'.repeat(11), bytes: 11 },
      'b',
    ])
    expect(split(byteByByte('a\n' + 'x'.repeat(11) + '\nb\n'), 10)).toEqual([
      'a',
      { head: 'x'.repeat(11), bytes: 11 },
      'b',
    ])
  })

  test('is skipped at the end of input too', () => {
    expect(split(['x'.repeat(30)], 10)).toEqual([{ head: 'x'.repeat(30), bytes: 30 }])
    expect(split(['x'.repeat(11)], 10)).toEqual([{ head: 'x'.repeat(11), bytes: 11 }])
  })

  test('is not one whose CR makes the difference', () => {
    expect(split(['0123456789\r\n', '0123456789\n', '01234567890\r\n'], 10)).toEqual([
      '0123456789',
      '0123456789',
      { head: '01234567890', bytes: 11 },
    ])
    expect(split(byteByByte('0123456789\r\n0123456789\r'), 10)).toEqual([
      '0123456789',
      { head: '0123456789\r', bytes: 11 },
    ])
  })

  test('keeps 1024 bytes at most', () => {
    expect(split(['ab'.repeat(50_000), '\nc\n'], 1000)).toEqual([
      { head: 'ab'.repeat(512), bytes: 100_000 },
      'c',
    ])
  })

  test('is the same however the bytes are cut', () => {
    const text = fc.string({ unit: fc.constantFrom('\n', '\r\n', 'a', 'b', '\r'), maxLength: 60 })
    fc.assert(
      fc.property(
        text,
        fc.array(fc.nat(80), { maxLength: 8 }),
        fc.integer({ min: 1, max: 8 }),
        (input, cuts, max) => {
          const bytes = Buffer.from(input)
          const places = [
            0,
            ...cuts.map(cut => Math.min(cut, bytes.length)).sort((a, b) => a - b),
            bytes.length,
          ]
          const chunks = places.slice(1).map((to, index) => bytes.subarray(places[index], to))
          const lines = input.split('\n')
          const last = lines.pop() ?? ''
          const whole = lines.map(line => (line.endsWith('\r') ? line.slice(0, -1) : line))
          if (last !== '') whole.push(last)
          expect(split(chunks, max)).toEqual(
            whole.map(line => (line.length > max ? { head: line, bytes: line.length } : line)),
          )
        },
      ),
      { numRuns: 2000 },
    )
  })
})

describe('a long line, which is decoded in pieces of a megabyte,', () => {
  const piece = 1024 * 1024
  const tails = ['ä', '€', '😀', '\r', '\r\r', 'a'].map(text => Buffer.from(text))
  // Broken on purpose: a lead byte too many, a character cut short, continuations of nothing, CESU-8.
  const broken = [
    [0xe2, 0xe2, 0x82, 0xac],
    [0xf0, 0x9f, 0x98, 0x61],
    [0x80, 0x80, 0x80, 0x80],
    [0xed, 0xa0, 0x80],
  ]
  tails.push(...broken.map(bytes => Buffer.from(bytes))) // prettier-ignore

  test.each(tails)('is the text of all its bytes, whichever of %o lies at the border', tail => {
    for (const back of [0, 1, 2, 3, 4]) {
      const bytes = Buffer.concat([Buffer.alloc(piece - back, 'x'), tail, Buffer.alloc(piece, 'y')])
      const [line] = split([bytes.subarray(0, 1000), bytes.subarray(1000), '\r\n'])
      expect(line === bytes.toString()).toBe(true)
    }
  })

  test('ends with the CR of its line end, or keeps one that ends no line', () => {
    const xs = 'x'.repeat(piece - 1)
    expect(split([`${xs}\r`, '\na\n']).map(line => (line as string).length)).toEqual([piece - 1, 1])
    expect(split([`${xs}\r`, 'a\n']).map(line => (line as string).length)).toEqual([piece + 1])
    expect(split([`${xs}\r`]).map(line => (line as string).length)).toEqual([piece])
  })

  test('may turn out to be too long, and still has its first bytes', () => {
    const head = 'ab'.repeat(512)
    const long = 'ab'.repeat(piece)
    expect(split([long, long, '\nc\n'], 3 * piece)).toEqual([{ head, bytes: 4 * piece }, 'c'])
    expect(split([long, 'x\r'], 2 * piece)).toEqual([{ head, bytes: 2 * piece + 2 }])
    expect(split([long, '\r\n'], 2 * piece).map(line => (line as string).length)).toEqual([2 * piece])
  })

  test('is told while it has not ended', () => {
    const splitter = new LineSplitter(new Lines())
    splitter.push(Buffer.concat([Buffer.alloc(piece, 'x'), Buffer.from([0xe2, 0x82])]))
    expect(splitter.partial === 'x'.repeat(piece)).toBe(true)
    expect(splitter.partialBytes).toBe(piece + 2)
  })
})

describe('a splitter that remembers nothing', () => {
  test('hands over the same lines', () => {
    const got: string[] = []
    const sink = { line: (line: string) => void got.push(line), skipped: () => undefined }
    const splitter = new LineSplitter(sink, { remember: false })
    for (const chunk of ['a\nb', 'c\r\n\nd\n', 'e']) splitter.push(Buffer.from(chunk))
    splitter.end()
    expect(got).toEqual(['a', 'bc', '', 'd', 'e'])
    expect(splitter.lastLine).toBeUndefined()
    expect(splitter.lastLines).toEqual([])
  })
})

describe('time is linear', () => {
  test('for a line of 100 MB in chunks of 64 KiB', () => {
    const chunk = Buffer.alloc(64 * 1024, 'x')
    const lines = new Lines()
    const splitter = new LineSplitter(lines, { maxLineBytes: 200 * 1024 * 1024 })
    for (let count = 0; count < 1600; count++) splitter.push(chunk)
    splitter.push(Buffer.from('\n'))
    expect(lines.got.map(line => (line as string).length)).toEqual([1600 * 64 * 1024])
  })

  test('for a line of a million bytes that come one by one, and a million lines in one chunk', () => {
    const lines = new Lines()
    const splitter = new LineSplitter(lines)
    const byte = Buffer.from('x')
    for (let count = 0; count < 1_000_000; count++) splitter.push(byte)
    splitter.push(Buffer.alloc(1_000_001, '\n'))
    expect(lines.got.length).toBe(1_000_001)
  })
})

test('long lines that come at the same time, one after the other and mixed with short ones keep apart', () => {
  const sinks = [new Lines(), new Lines(), new Lines()]
  const splitters = sinks.map(sink => new LineSplitter(sink))
  const line = (index: number, round: number): string => `${index}${round}ä`.repeat(40_000 * (index + 1))
  for (let round = 0; round < 3; round++) {
    const bytes = splitters.map((_, index) => Buffer.from(`${line(index, round)}\nshort\n`))
    for (let from = 0; from < 700_000; from += 50_000)
      for (const [index, splitter] of splitters.entries())
        splitter.push((bytes[index] ?? Buffer.alloc(0)).subarray(from, from + 50_000))
  }
  for (const [index, { got }] of sinks.entries())
    expect(got).toEqual([0, 1, 2].flatMap(round => [line(index, round), 'short']))
})
