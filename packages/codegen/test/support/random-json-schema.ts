import type { Random } from './random.js'

type Json = unknown
type Draft = 'draft-07' | '2020-12'

/** A JSON Schema document of a draft with a few definitions, as people write them and as they would not. */
export function randomDocument(random: Random, draft: Draft): Record<string, Json> {
  const make = new Maker(random, draft)
  const names = ['A', 'B', 'C'].slice(0, random.below(4))
  make.names = names
  const key = draft === '2020-12' ? '$defs' : 'definitions'
  return {
    $schema:
      draft === '2020-12'
        ? 'https://json-schema.org/draft/2020-12/schema'
        : 'http://json-schema.org/draft-07/schema#',
    ...make.whole(3),
    [key]: Object.fromEntries(names.map(name => [name, make.anySchema(2)])),
  }
}

const members = ['a', 'b', 'c'] as const
const values = [0, 1, 2, 1.5, 'a', 'b', 'ab', '', true, false, null]

class Maker {
  names: readonly string[] = []
  private readonly random: Random
  private readonly draft: Draft

  constructor(random: Random, draft: Draft) {
    this.random = random
    this.draft = draft
  }

  whole(depth: number): Record<string, Json> {
    const schema = this.schema(depth)
    return '$ref' in schema ? { allOf: [schema] } : schema
  }

  anySchema(depth: number): Json {
    return this.random.chance(0.06) ? this.random.chance(0.6) : this.schema(depth)
  }

  schema(depth: number): Record<string, Json> {
    const { random } = this
    if (random.chance(0.12) && this.names.length > 0) {
      const reference = {
        $ref: `#/${this.draft === '2020-12' ? '$defs' : 'definitions'}/${random.pick(this.names)}`,
      }
      // That draft-07 ignores what stands beside a reference is not what the other implementation does.
      return this.draft === 'draft-07' || random.chance(0.7)
        ? reference
        : { ...reference, ...this.typed(random.pick(kinds), depth) }
    }
    const base = random.chance(0.25) ? this.list() : random.chance(0.85) ? this.simple(depth) : {}
    if (depth === 0 || random.chance(0.55)) return base
    const composed: Record<string, Json> = { ...base }
    for (let i = random.chance(0.25) ? 2 : 1; i > 0; i--)
      composed[random.pick(['allOf', 'anyOf', 'oneOf'])] = Array.from({ length: 1 + random.below(3) }, () =>
        this.anySchema(depth - 1),
      )
    if (random.chance(0.05)) composed[random.pick(['not', 'if'])] = this.simple(0)
    return composed
  }

  private list(): Record<string, Json> {
    const { random } = this
    const list = random.chance(0.3)
      ? { const: random.pick(values) }
      : { enum: [...new Set(Array.from({ length: 1 + random.below(3) }, () => random.pick(values)))] }
    if (random.chance(0.15)) Object.assign(list, { const: random.pick(values) })
    return random.chance(0.3) ? { type: random.pick(['string', 'integer', 'null']), ...list } : list
  }

  private simple(depth: number): Record<string, Json> {
    const { random } = this
    if (random.chance(0.12)) {
      const several = [...new Set([random.pick(kinds), random.pick(kinds), 'null'])]
      const said = several.map(kind => this.typed(kind, depth))
      return { ...Object.assign({}, ...said), type: several } as Record<string, Json>
    }
    const schema = this.typed(random.pick(kinds), depth)
    // Some say nothing of the type, as parts of allOf do.
    if (random.chance(0.1)) delete schema['type']
    return schema
  }

  typed(type: string, depth: number): Record<string, Json> {
    const { random } = this
    const some = (share: number, said: () => Record<string, Json>): Record<string, Json> =>
      random.chance(share) ? said() : {}
    switch (type) {
      case 'string':
        return {
          type,
          ...some(0.3, () => ({ minLength: random.below(3) })),
          ...some(0.3, () => ({ maxLength: random.below(3) })),
          ...some(0.2, () => ({ pattern: random.pick(['^a', 'b', '^(a|b)$']) })),
        }
      case 'integer':
      case 'number':
        return {
          type,
          ...some(0.25, () => ({ minimum: random.pick([0, 1, 0.5]) })),
          ...some(0.25, () => ({ maximum: random.pick([1, 2, 1.5]) })),
          ...some(0.1, () => ({ exclusiveMinimum: random.pick([0, 1]) })),
          ...some(0.1, () => ({ exclusiveMaximum: random.pick([1, 2]) })),
          ...some(0.15, () => ({ multipleOf: random.pick([1, 2, 0.5]) })),
        }
      case 'array':
        return { type, ...this.array(depth) }
      case 'object':
        return { type, ...this.object(depth) }
      default:
        return { type }
    }
  }

  private array(depth: number): Record<string, Json> {
    const { random } = this
    const counts = {
      ...(random.chance(0.3) ? { minItems: random.below(3) } : {}),
      ...(random.chance(0.3) ? { maxItems: random.below(3) } : {}),
      ...(random.chance(0.1) ? { uniqueItems: true } : {}),
    }
    if (depth === 0 || random.chance(0.2)) return counts
    if (random.chance(0.6)) return { ...counts, items: this.anySchema(depth - 1) }
    const tuple = Array.from({ length: 1 + random.below(2) }, () => this.anySchema(depth - 1))
    const rest = random.chance(0.7) ? false : this.anySchema(depth - 1)
    const length = random.chance(0.8) ? { minItems: tuple.length } : {}
    return this.draft === '2020-12'
      ? { ...counts, ...length, prefixItems: tuple, items: rest }
      : { ...counts, ...length, items: tuple, additionalItems: rest }
  }

  private object(depth: number): Record<string, Json> {
    const { random } = this
    const names = members.filter(() => random.chance(0.5))
    const said: Record<string, Json> = {}
    if (random.chance(0.85))
      said['properties'] = Object.fromEntries(
        names.map(name => [name, depth === 0 ? this.simple(0) : this.anySchema(depth - 1)]),
      )
    if (random.chance(0.5)) said['required'] = members.filter(() => random.chance(0.35))
    if (random.chance(0.35))
      said['additionalProperties'] = random.chance(0.7) ? random.chance(0.2) : this.anySchema(0)
    if (random.chance(0.08)) said['patternProperties'] = { [random.pick(['^a', 'b'])]: this.anySchema(0) }
    if (random.chance(0.08))
      said['propertyNames'] = random.pick([true, false, { pattern: '^[ab]' }, { enum: ['a', 'b'] }])
    if (random.chance(0.08)) said['minProperties'] = random.below(3)
    if (random.chance(0.08)) said['maxProperties'] = random.below(3)
    if (this.draft === '2020-12' && random.chance(0.12))
      said['unevaluatedProperties'] = random.chance(0.7) ? false : this.anySchema(0)
    return said
  }
}

const kinds = ['null', 'boolean', 'integer', 'number', 'string', 'array', 'object', 'object'] as const

/** A value that has something to do with such schemas. */
export function randomValue(random: Random, depth = 3): Json {
  if (depth === 0 || random.chance(0.4)) return random.pick(values)
  if (random.chance(0.3)) return Array.from({ length: random.below(4) }, () => randomValue(random, depth - 1))
  return Object.fromEntries(
    [...members, 'd']
      .filter(name => random.chance(name === 'd' ? 0.15 : 0.5))
      .map(name => [name, randomValue(random, depth - 1)]),
  )
}
