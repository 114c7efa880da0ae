import type { SchemaJson, TypesJson } from '../../src/contract/contract-json.js'
import type { Random } from './random.js'

// Values that fit a schema, and values that nearly do.

const texts = [
  '',
  'a',
  'ab',
  'abab',
  'abc',
  'z',
  'zz9',
  '12',
  'a\nc',
  'é',
  'ß',
  '日本',
  '😀',
  'a😀c',
  '\u0000',
  ' ',
  '\'"\\',
  '\u2028',
  'red',
  'x1',
  'ŁÓDŹ',
]
const formats: Readonly<Record<string, readonly string[]>> = {
  'date-time': [
    '2024-02-29T23:59:60Z',
    '2024-02-30T00:00:00Z',
    '2024-01-01t00:00:00.123+05:30',
    '2024-01-01 00:00:00Z',
    '2023-02-29T00:00:00Z',
    '2016-12-31T15:59:60-08:00',
  ],
  date: ['2024-02-29', '2023-02-29', '2024-13-01', '0000-01-01', '2024-1-1', '٢٠٢٤-01-01'],
  time: [
    '00:00:00Z',
    '24:00:00Z',
    '23:59:60+00:00',
    '23:59:60-01:00',
    '12:00:00',
    '12:00:00+24:00',
    '12:00:00.5z',
  ],
  uuid: [
    '123e4567-e89b-12d3-a456-426614174000',
    '123E4567-E89B-12D3-A456-426614174000',
    '123e4567e89b12d3a456426614174000',
    '',
  ],
  email: ['a@b.c', 'a.b+c@d-e.f', '.a@b', 'a@-b', 'a@b..c', '"a"@b', `a@${'b'.repeat(64)}`, 'abab'],
  uri: [
    'http://a/b?c#d',
    'urn:x',
    'a:',
    '//a',
    'http://[::1]:80/',
    'http://[::g]/',
    'http://a b',
    'x:%4',
    'x:%41',
    'x:é',
  ],
  ipv4: ['1.2.3.4', '256.1.1.1', '01.2.3.4', '1.2.3', '1.2.3.4\n'],
  ipv6: [
    '::',
    '::1',
    '1::2::3',
    '1:2:3:4:5:6:7:8',
    '1:2:3:4:5:6:7',
    '::ffff:1.2.3.4',
    '12345::',
    '1:2:3:4:5:6:7::',
  ],
  int64: [
    '0',
    '-1',
    '9223372036854775807',
    '9223372036854775808',
    '-9223372036854775808',
    '-9223372036854775809',
    '-0',
    '007',
    '+1',
    '1.0',
    '',
    '٣',
  ],
  uint64: ['0', '18446744073709551615', '18446744073709551616', '-1', '00', '99999999999999999999'],
}
const numbers = [
  0,
  1,
  -1,
  2,
  2.5,
  5,
  7,
  10,
  100,
  -128,
  127,
  128,
  1e21,
  1e300,
  -1e300,
  1e-7,
  0.000001,
  1.00000015,
  9007199254740991,
  9007199254740992,
  -(2 ** 53),
]
const base64 = ['', 'AA==', 'AAA=', 'AAAA', 'AB==', 'A===', 'AAA', '-_==', 'AAAA\n', 'QUJD', 'Zg==']

/** A value that mostly fits. */
export function randomValue(schema: SchemaJson, types: TypesJson, random: Random, depth = 0): unknown {
  const inside = (inner: SchemaJson): unknown => randomValue(inner, types, random, depth + 1)
  if (schema.$ref !== undefined) return randomValue(types[schema.$ref] ?? {}, types, random, depth)
  if (schema.anyOf !== undefined) {
    const flat =
      depth > 4 ? schema.anyOf.filter(branch => branch.type !== undefined && branch.type !== 'object') : []
    const value = randomValue(random.pick(flat.length > 0 ? flat : schema.anyOf), types, random, depth)
    return schema['x-open'] === true && random.chance(0.25) ? unlisted(value, random) : value
  }
  if (schema.allOf !== undefined) return Object.assign({}, ...schema.allOf.map(inside)) as unknown
  if (schema.const !== undefined) return schema.const
  if (schema.enum !== undefined)
    return schema['x-open'] === true && random.chance(0.2) ? 'other' : random.pick(schema.enum)
  switch (schema.type) {
    case 'null':
      return null
    case 'boolean':
      return random.chance(0.5)
    case 'integer':
      return random.chance(0.5) ? Math.trunc((schema.minimum ?? 0) + random.below(12)) : random.pick(numbers)
    case 'number':
      return random.pick(numbers)
    case 'string':
      if (schema.contentEncoding !== undefined) return random.pick(base64)
      return random.pick(formats[schema.format ?? ''] ?? texts)
    case 'array':
      if (Array.isArray(schema.items)) return schema.items.map(inside)
      return Array.from({ length: depth > 5 ? 0 : random.below(4) }, () =>
        inside((schema.items as SchemaJson | undefined) ?? {}),
      )
    case 'object':
      return randomObject(schema, inside, random, depth)
    default:
      return random.pick<unknown>([
        null,
        true,
        1,
        1.5,
        'x',
        [],
        {},
        [1, 1],
        [1, true],
        { a: [1] },
        [
          { a: 1, b: 2 },
          { b: 2, a: 1 },
        ],
        ['1', 1],
        [[], {}],
      ])
  }
}

/** A value or an object of a newer version: with another text in one of its members, and a member more. */
function unlisted(value: unknown, random: Random): unknown {
  if (typeof value === 'string') return 'other'
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const named = Object.entries(value).map(
    ([name, inner]) =>
      [
        name,
        typeof inner === 'string' && random.chance(0.7)
          ? random.pick(['other', 'newer', '', 'é', '__proto__'])
          : inner,
      ] as const,
  )
  return Object.fromEntries([...named, ['since', random.pick<unknown>([null, 2, { deep: [1, 'x'] }])]])
}

function randomObject(
  schema: SchemaJson,
  inside: (schema: SchemaJson) => unknown,
  random: Random,
  depth: number,
): unknown {
  const members = Object.entries(schema.properties ?? {})
    .filter(([name]) => schema.required?.includes(name) === true || random.chance(depth > 5 ? 0.1 : 0.6))
    .map(([name, member]) => [name, inside(member)] as const)
  const entry =
    typeof schema.additionalProperties === 'object'
      ? schema.additionalProperties
      : Object.values(schema.patternProperties ?? {})[0]
  const free = schema.properties === undefined && schema.additionalProperties !== false
  const others = free
    ? Array.from(
        { length: depth > 4 ? 0 : random.below(4) },
        () => [random.pick(texts), inside(entry ?? {})] as const,
      )
    : []
  return Object.fromEntries([...members, ...others])
}

/** The same value with one fault somewhere: a wrong kind, a missing, unknown or extra part, a value over a bound. */
export function mutated(value: unknown, random: Random): unknown {
  if (Array.isArray(value) && value.length > 0 && random.chance(0.7)) {
    const copy = [...(value as unknown[])]
    const i = random.below(copy.length)
    switch (random.below(4)) {
      case 0:
        copy.splice(i, 1)
        return copy
      case 1:
        copy.push(copy[i])
        return copy
      default:
        copy[i] = mutated(copy[i], random)
        return copy
    }
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && random.chance(0.85)) {
    const entries: [string, unknown][] = Object.entries(value)
    const i = random.below(entries.length)
    const [name, inner] = entries[i] ?? ['', undefined]
    switch (random.below(5)) {
      case 0:
        return Object.fromEntries(entries.filter((_, at) => at !== i))
      case 1:
        return Object.fromEntries([
          ...entries,
          [random.pick(['extra', 'A', 'é', '😀', '\uffff', 'a/b', '~', '__proto__', 'toString']), inner ?? 1],
        ])
      default:
        return entries.length === 0
          ? 1
          : Object.fromEntries(entries.map(([key, old]) => [key, key === name ? mutated(old, random) : old]))
    }
  }
  if (typeof value === 'string' && random.chance(0.5))
    return random.pick([
      `${value}x`,
      Array.from(value).slice(1).join(''),
      value.toUpperCase(),
      `${value}\n`,
      `${value}😀`.repeat(3),
    ])
  if (typeof value === 'number' && random.chance(0.5))
    return random.pick([value + 0.5, -value, value * 1e10, value + 1, value - 1000])
  return random.pick<unknown>([
    null,
    true,
    false,
    0,
    -1,
    1.5,
    2 ** 53,
    '',
    'text',
    [],
    {},
    [null],
    { kind: 'x' },
  ])
}
