import { wellFormed } from '../json/json-value.js'
import { UnlistedValue } from '../schema/open-schema.js'
import { matchesPattern } from '../schema/pattern.js'
import {
  jsonKind,
  own,
  resolve,
  type Conversion,
  type Literal,
  type PlainSchema,
  type PlainTypes,
} from '../schema/plain-schema.js'
import { convertsSomething } from '../schema/schema-facts.js'
import { unionShape, valuesOf, type UnionChoice } from '../schema/union-shape.js'
import { checkValue } from './check-value.js'

export type Direction = 'encode' | 'decode'
type Convert = (value: unknown) => unknown

/**
 * The function that turns values of a schema from JavaScript's form into the wire's, or back; undefined if they are
 * the same. Values that do not fit are left as they are: the check says what is wrong with them.
 */
export function converter(schema: PlainSchema, types: PlainTypes, direction: Direction): Convert | undefined {
  return convertsSomething(schema, types) ? new Converters(types, direction).of(schema) : undefined
}

const simple: Record<Conversion, Record<Direction, Convert>> = {
  int64: { encode: bigToText, decode: textToBig },
  uint64: { encode: bigToText, decode: textToBig },
  bytes: {
    encode: value =>
      value instanceof Uint8Array
        ? Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64')
        : value,
    // Not a Buffer of the shared pool: the receiver may transfer or keep it.
    decode: value => (typeof value === 'string' ? new Uint8Array(Buffer.from(value, 'base64')) : value),
  },
}
function bigToText(value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value
}
function textToBig(value: unknown): unknown {
  return typeof value === 'string' ? BigInt(value) : value
}

/** The converters of a contract's schemas in one direction; a type that contains itself is made once. */
class Converters {
  readonly #types: PlainTypes
  readonly #direction: Direction
  readonly #made = new Map<PlainSchema, Convert>()

  constructor(types: PlainTypes, direction: Direction) {
    this.#types = types
    this.#direction = direction
  }

  of(reference: PlainSchema): Convert | undefined {
    const schema = resolve(reference, this.#types)
    if (!convertsSomething(schema, this.#types)) return undefined
    const known = this.#made.get(schema)
    if (known !== undefined) return known
    let convert: Convert | undefined
    // Later, because what is inside may lead back here.
    const lazily: Convert = value => (convert ??= this.#make(schema))(value)
    this.#made.set(schema, lazily)
    return lazily
  }

  #make(schema: PlainSchema): Convert {
    const conversion = schema['~convert']
    if (conversion !== undefined) return simple[conversion][this.#direction]
    if (schema.anyOf !== undefined || schema['x-open'] === true) return this.#union(schema)
    if (schema.allOf !== undefined) {
      const parts = schema.allOf.map(part => this.of(part) ?? same)
      return value => parts.reduce((all, part) => part(all), value)
    }
    return schema.type === 'array' ? this.#array(schema) : this.#object(schema)
  }

  #array({ items }: PlainSchema): Convert {
    if (Array.isArray(items)) {
      const each = items.map(item => this.of(item) ?? same)
      return value => (Array.isArray(value) ? value.map((item, i) => (each[i] ?? same)(item)) : value)
    }
    const convert = (items === undefined ? undefined : this.of(items)) ?? same
    return value => (Array.isArray(value) ? Array.from(value, convert) : value)
  }

  #object(schema: PlainSchema): Convert {
    const members = Object.entries(schema.properties ?? {}).flatMap(([name, member]) => {
      const convert = this.of(member)
      return convert === undefined ? [] : [[name, convert] as const]
    })
    const others = this.#others(schema)
    return value => {
      if (jsonKind(value) !== 'object') return value
      const copy = { ...(value as Record<string, unknown>) }
      for (const [name, convert] of members) {
        const member = own(copy, name)
        if (member !== undefined) define(copy, name, convert(member))
      }
      if (others !== undefined)
        for (const name of Object.keys(copy))
          if (!Object.hasOwn(schema.properties ?? {}, name)) define(copy, name, others(name, copy[name]))
      return copy
    }
  }

  #others({
    additionalProperties,
    patternProperties,
  }: PlainSchema): ((name: string, value: unknown) => unknown) | undefined {
    if (typeof additionalProperties === 'object') {
      const convert = this.of(additionalProperties)
      return convert && ((_name, value) => convert(value))
    }
    const patterns = Object.entries(patternProperties ?? {}).map(
      ([pattern, schema]) => [pattern, this.of(schema) ?? same] as const,
    )
    if (patterns.every(([, convert]) => convert === same)) return undefined
    return (name, value) => {
      const text = wellFormed(name)
      return (patterns.find(([pattern]) => matchesPattern(pattern, text))?.[1] ?? same)(value)
    }
  }

  #union(schema: PlainSchema): Convert {
    const { 'x-open': open, ...closed } = schema
    // An open enum is an open union of one branch.
    const { choices } = unionShape(schema.anyOf === undefined ? { anyOf: [closed] } : schema, this.#types)
    const choiceOf = (value: unknown): UnionChoice | undefined => {
      const kind = jsonKind(value)
      return kind === undefined ? undefined : choices.get(kind)
    }
    if (this.#direction === 'decode')
      return value => {
        const choice = choiceOf(value)
        if (choice === undefined) return value
        return open === true && !isListed(choice, value)
          ? new UnlistedValue(value)
          : this.#chosen(choice, value)
      }
    return value => {
      if (value instanceof UnlistedValue) return value.value
      // What is a string on the wire is not one here.
      const isText = typeof value === 'bigint' || value instanceof Uint8Array
      const choice = isText ? choices.get('string') : choiceOf(value)
      return choice === undefined ? value : this.#chosen(choice, value)
    }
  }

  #chosen(choice: UnionChoice, value: unknown): unknown {
    switch (choice.by) {
      case 'kind':
        return (this.of(choice.branch) ?? same)(value)
      case 'value':
        return value
      case 'tag': {
        const branch = choice.branches.get(tagOf(choice.tag, value))
        return branch === undefined ? value : (this.of(branch) ?? same)(value)
      }
      case 'trial':
        return this.#tried(choice.branches, value)
    }
  }

  /** Nothing distinguishes the branches: the first one that fits on the wire is meant. */
  #tried(branches: readonly PlainSchema[], value: unknown): unknown {
    for (const branch of branches) {
      const convert = this.of(branch) ?? same
      const fits = (wire: unknown): boolean => checkValue(branch, this.#types, wire) === undefined
      if (this.#direction === 'decode' && fits(value)) return convert(value)
      if (this.#direction === 'encode') {
        const wire = convert(value)
        if (fits(wire)) return wire
      }
    }
    return value
  }
}

const tagOf = (tag: string, value: unknown): Literal => {
  const member = own(value as Record<string, unknown>, tag)
  return (typeof member === 'string' ? wellFormed(member) : member) as Literal
}

function isListed(choice: UnionChoice, value: unknown): boolean {
  if (choice.by === 'tag') return choice.branches.has(tagOf(choice.tag, value))
  const values =
    choice.by === 'value' ? choice.values : choice.by === 'kind' ? valuesOf(choice.branch) : undefined
  return values === undefined || values.includes(value as Literal)
}

const same: Convert = value => value

/** Not by assignment: a member may be called `__proto__`. */
const define = (object: object, name: string, value: unknown): void => {
  Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true })
}
