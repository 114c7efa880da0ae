import fc from 'fast-check'
import { Format } from 'typebox/format'
import { describe, expect, it } from 'vitest'

import { formatCheck, isBase64 } from './formats.js'

const cases: Record<string, { yes: string[]; no: string[] }> = {
  'date-time': {
    yes: [
      '2024-02-29T23:59:59Z',
      '2024-01-01t00:00:00.123456789+14:00',
      '1990-12-31T23:59:60Z',
      '1990-12-31T15:59:60-08:00',
      '0000-01-01T00:00:00z',
    ],
    no: [
      '2024-01-01',
      '2024-01-01 00:00:00Z',
      '2024-01-01T00:00:00',
      '2023-02-29T00:00:00Z',
      '2024-01-01T24:00:00Z',
      '2024-01-01T23:58:60Z',
      '2024-01-01T00:00:00Z\n',
      '2024-01-01T00:00:00.Z',
      '2024-01-01T00:00:00+24:00',
      '٢٠٢٤-01-01T00:00:00Z',
    ],
  },
  date: {
    yes: ['2000-02-29', '2024-12-31'],
    no: [
      '1900-02-29',
      '2024-04-31',
      '2024-00-10',
      '2024-13-10',
      '2024-01-00',
      '24-01-01',
      '2024-1-1',
      ' 2024-01-01',
    ],
  },
  time: {
    yes: ['00:00:00Z', '12:34:56.7+00:00', '23:59:60z'],
    no: ['12:34:56', '12:60:00Z', '12:34Z', '12:34:56+1:00', '12:34:56+01:60'],
  },
  uuid: {
    yes: ['123e4567-E89B-12d3-a456-426614174000', '00000000-0000-0000-0000-000000000000'],
    no: [
      '123e4567e89b12d3a456426614174000',
      '123e4567-e89b-12d3-a456-42661417400g',
      '{123e4567-e89b-12d3-a456-426614174000}',
      '',
    ],
  },
  email: {
    yes: ['a@b', "o'neil+x@example.co.uk", 'a.b@1.2'],
    no: [
      'a',
      'a@',
      '@b',
      'a..b@c',
      '.a@b',
      'a@-b',
      'a@b-',
      'a@b.',
      '"a"@b',
      'a@[1.2.3.4]',
      'ä@b',
      `a@${'b'.repeat(64)}`,
    ],
  },
  uri: {
    yes: ['http://a/b?c#d', 'mailto:a@b', 'urn:x:y', 'file:///a', 'http://[::1]:80/', 'a:', 'http://a%20b/'],
    no: ['/a/b', 'a b', 'http://a b', 'http://[::1', '1:a', 'http://a/%zz', 'http://ä', 'a:b#c#d', ''],
  },
  ipv4: {
    yes: ['0.0.0.0', '255.255.255.255'],
    no: ['256.0.0.0', '1.2.3', '01.2.3.4', '1.2.3.4.', '1.2.3.4/8'],
  },
  ipv6: {
    yes: ['::', '::1', '1:2:3:4:5:6:7:8', '1::8', '::ffff:1.2.3.4', '1:2:3:4:5:6:7::', 'FE80::A'],
    no: [':', '1:2', '1::2::3', '1:2:3:4:5:6:7:8:9', '::1.2.3', '12345::', '::1%eth0', '1:2:3:4:5:6:7'],
  },
  int64: {
    yes: ['0', '-1', '9223372036854775807', '-9223372036854775808'],
    no: [
      '',
      '-',
      '-0',
      '01',
      '+1',
      '1.0',
      '1e3',
      '9223372036854775808',
      '-9223372036854775809',
      '0x1',
      ' 1',
      '1'.repeat(1000),
    ],
  },
  uint64: { yes: ['0', '18446744073709551615'], no: ['-1', '-0', '18446744073709551616', '00'] },
}

describe.each(Object.entries(cases))('%s', (format, { yes, no }) => {
  const check = formatCheck(format)
  it.each(yes)('takes %j', text => expect(check?.(text)).toBe(true))
  it.each(no)('refuses %j', text => expect(check?.(text)).toBe(false))
})

it('every other format is an annotation', () => {
  for (const name of ['hostname', 'regex', 'toString', '']) expect(formatCheck(name)).toBeUndefined()
})

it('the formats are those of TypeBox, but for the few that docs/validation.md leaves out', () => {
  const alphabet = '0123456789abcdefABCDEFTtZz:-+./@%[]# '.split('')
  const text = fc.oneof(
    fc.string({ unit: fc.constantFrom(...alphabet), maxLength: 24 }),
    fc.ipV4(),
    fc.ipV6(),
    fc.uuid(),
    fc.webUrl({ withFragments: true, withQueryParameters: true }),
    fc.emailAddress(),
    fc.date({ noInvalidDate: true }).map(date => date.toISOString()),
  )
  fc.assert(
    fc.property(
      text,
      fc.constantFrom('date-time', 'date', 'time', 'uuid', 'uri', 'ipv4', 'ipv6', 'email'),
      (value, format) => {
        expect(formatCheck(format)?.(value)).toBe(Format.Test(format, value))
      },
    ),
    { numRuns: 20_000, seed: 4 },
  )
})

describe('base64', () => {
  it('takes exactly what an encoder writes', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 40 }),
        fc.string({ unit: fc.constantFrom('A', 'Q', 'g', 'w', '/', '+', '=', 'Z', '9'), maxLength: 12 }),
        (bytes, text) => {
          expect(isBase64(Buffer.from(bytes).toString('base64'))).toBe(true)
          expect(isBase64(text)).toBe(Buffer.from(text, 'base64').toString('base64') === text)
        },
      ),
      { numRuns: 5000, seed: 5 },
    )
  })
  it('looks through a hundred million characters without trouble', () => {
    const long = 'AAAA'.repeat(25_000_000)
    expect(isBase64(long)).toBe(true)
    expect(isBase64(`${long}A===`)).toBe(false)
  })
})
