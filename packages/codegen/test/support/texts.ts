import { checkValue, defineContract, serializeContract, Type, type SerializedContract } from '@simple-ipc/rpc'
import { readContract } from '../../src/model/read-contract.js'
import type { Question } from './fuzz.js'
import { Random } from './random.js'

// Texts for patterns and formats: every language must say of each what JavaScript says.

const patterns: Readonly<Record<string, string>> = {
  Letters: '^[a-z]+$',
  Anywhere: 'a.c|\\d{2,3}',
  Pairs: '^(ab)*$',
  Words: '^\\p{L}\\w*\\s?[^x-z]$',
  Nothing: '',
  Empty: '^$',
  Backwards: '$^',
  Counts: 'a{0}b?c{2,}',
  Lazy: '(a|b)*?c',
  Nested: '^(?:(ab*)*)$',
  Classes: '[\\d\\s]',
  Emoji: '\\u{1F600}',
  One: '^.$',
  Middle: 'x^|y',
  Anything: '[^]',
  Never: '[]',
  Void: '(?:)*',
  Signs: '^[\\]\\-\\\\^./{}"`$]+$',
  Escaped: '^\\.\\*\\(\\)\\[\\]\\{\\}\\|\\/\\$"`$',
  Greek: '^\\p{Script=Greek}+$',
  Many: '^a{1500}$',
  Several: '^(?:[ab]{2}){1,3}?$',
  UpTo: '^(?:a{1,3}b){0,4}$',
  Long: '^[ab]{0,900}$',
  // Engines that try one path after the other take exponential time for these.
  Doubled: '^(a+)+$',
  Twice: '^(a|a)*b$',
  Ambiguous: '^(?:a|ab|b|ba)*$',
  Crossed: '^(?:[\\w.]+\\.)*[a-z.]+$',
}

const formats: Readonly<Record<string, readonly string[]>> = {
  'date-time': ['2024-02-29T23:59:60Z', '2024-01-01t00:00:00.123+05:30', '1990-12-31T15:59:60-08:00'],
  date: ['2024-02-29', '1900-02-28', '0000-12-31'],
  time: ['23:59:60+00:00', '12:00:00.5z', '00:00:00-23:59'],
  uuid: ['123e4567-E89B-12d3-a456-426614174000'],
  email: ["o'neil+x@example.co.uk", 'a.b@1.2', `a@${'b'.repeat(63)}.c`],
  uri: [
    'http://u:p@a.b:80/c%20?d/?e#f?',
    'urn:x:y',
    'http://[::1]:80/',
    'http://[v1.a:b]/',
    'a:',
    'x-y+z.1:/@:',
  ],
  ipv4: ['0.0.0.0', '255.249.199.99'],
  ipv6: ['::', '1:2:3:4:5:6:7:8', '1::8', '::ffff:1.2.3.4', '1:2:3:4:5:6:7::', '1:2:3:4:5:6:255.255.255.255'],
  int64: ['-9223372036854775808', '9223372036854775807', '0'],
  uint64: ['18446744073709551615', '7'],
}

const pascal = (format: string): string =>
  format.replace(/(?:^|-)(\w)/g, (_, first: string) => first.toUpperCase())

/** Each pattern and each format as a type. A length beside int64 keeps it a text. */
export const textsContract: SerializedContract = serializeContract(
  defineContract({
    name: 'texts',
    version: '1.0.0',
    types: {
      ...Object.fromEntries(
        Object.entries(patterns).map(([name, pattern]) => [name, Type.String({ pattern })]),
      ),
      ...Object.fromEntries(
        Object.keys(formats).map(format => [
          `Is${pascal(format)}`,
          Type.String({ format, maxLength: 10_000 }),
        ]),
      ),
    },
  }),
)

const bits = [
  ...Array.from('ab cxyz09AZ.:-+/%@#?[]{}_~\n"\\`$^*|()'),
  'é',
  'λ',
  'Ω',
  '😀',
  '\u2028',
  '٣',
  '::',
  '00',
  'ff',
  'T',
  '%41',
]
const seeds = [
  '',
  'a',
  'ab',
  'abab',
  'cc',
  'a'.repeat(1500),
  'ab'.repeat(450),
  'λόγος',
  '12',
  'a😀c',
  '.*()[]{}|/$"`',
]

/** A text with up to three changes. */
function changed(text: string, random: Random): string {
  let now = Array.from(text)
  for (let left = random.below(4); left > 0; left--) {
    const at = random.below(now.length + 1)
    const removed = random.chance(0.5) ? 1 : 0
    const added = random.chance(0.7) ? [random.pick(bits)] : []
    now = [...now.slice(0, at), ...added, ...now.slice(at + removed)]
  }
  return now.join('')
}

/** Two thousand texts for each. */
export function textQuestions(): Question[] {
  const random = new Random(20_261_124)
  const model = readContract(textsContract)
  return model.types.flatMap(type => {
    const schema = textsContract.types[type.id] ?? {}
    const from = formats[schema.format ?? ''] ?? seeds
    return Array.from({ length: 2000 }, (): Question => {
      const value = changed(random.pick(from), random)
      return { contract: 'texts', model, type, value, issue: checkValue(schema, textsContract.types, value) }
    })
  })
}
