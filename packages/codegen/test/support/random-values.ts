import type { SchemaJson, TypesJson } from '../../src/contract/contract-json.js'
import { base64, formats, numbers, texts } from './boundary-values.js'
import type { Random } from './random.js'

// Values that fit a schema, and values that nearly do.

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
