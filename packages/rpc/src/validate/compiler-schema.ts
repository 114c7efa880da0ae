import { defined } from '../json/defined.js'
import { hasEqualElements, isJson, memberNames, wellFormed } from '../json/json-value.js'
import { formatCheck, isBase64 } from '../schema/formats.js'
import { matchesPattern } from '../schema/pattern.js'
import { own, type PlainSchema, type PlainTypes, type Refinement } from '../schema/plain-schema.js'
import { unionShape } from '../schema/union-shape.js'
import { checkValue } from './check-value.js'

/** A schema as TypeBox's compiler takes it; `~refine` holds what JSON Schema cannot say. */
export type CompilerSchema = Record<string, unknown>

/**
 * The schema that TypeBox is given to compile. What it accepts, the walk accepts: every rule in which TypeBox's `Check`
 * is more lenient is written into it here. What it rejects may still be accepted by the walk, which has the last
 * word; those cases are rare ones, so nothing is lost.
 */
export function compilerSchema(
  schema: PlainSchema,
  types: PlainTypes,
): { context: Record<string, CompilerSchema>; schema: CompilerSchema } {
  const builder = new FastSchemas(types)
  return { schema: builder.of(schema), context: builder.context }
}

const refined = (schema: CompilerSchema, ...rules: ((value: unknown) => boolean)[]): CompilerSchema => {
  const before = (schema['~refine'] as Refinement[] | undefined) ?? []
  schema['~refine'] = [...before, ...rules.map(check => ({ check, error: () => '' }))]
  return schema
}

class FastSchemas {
  readonly context: Record<string, CompilerSchema> = {}
  readonly #types: PlainTypes
  /** TypeBox reads references as URIs, so types get plain numbers for names. */
  readonly #names = new Map<string, string>()

  constructor(types: PlainTypes) {
    this.#types = types
  }

  of(schema: PlainSchema): CompilerSchema {
    const made = this.#make(schema)
    return schema['~refine'] === undefined
      ? made
      : refined({ ...made }, value => (schema['~refine'] ?? []).every(rule => rule.check(value) === true))
  }

  #make(schema: PlainSchema): CompilerSchema {
    if (schema.$ref !== undefined) return { $ref: this.#reference(schema.$ref) }
    if (schema['x-open'] === true) return this.#walked(schema)
    if (schema.anyOf !== undefined) return this.#union(schema, schema.anyOf)
    if (schema.allOf !== undefined) return { allOf: schema.allOf.map(part => this.of(part)) }
    if (schema.type === 'object') return this.#object(schema)
    if (schema.type === 'array') return this.#array(schema)
    if (schema.type === 'string') return stringSchema(schema)
    if (schema.type === undefined && schema.const === undefined && schema.enum === undefined)
      return refined({}, isJson)
    return numberOrLiteral(schema)
  }

  #reference(name: string): string {
    const known = this.#names.get(name)
    if (known !== undefined) return known
    const key = `T${this.#names.size}`
    this.#names.set(name, key)
    const target = own(this.#types, name)
    if (target !== undefined) this.context[key] = this.of(target)
    return key
  }

  /** Too different from TypeBox: the walk decides here, the compiled check around it. */
  #walked(schema: PlainSchema): CompilerSchema {
    return refined({}, value => checkValue(schema, this.#types, value) === undefined)
  }

  #union(schema: PlainSchema, parts: readonly PlainSchema[]): CompilerSchema {
    const { any, choices } = unionShape(schema, this.#types)
    if (any) return refined({}, isJson)
    // Branches that nothing distinguishes take the walk, which remembers what it tried: inside each other they would
    // double the time with every level.
    const isTried = [...choices.values()].some(choice => choice.by === 'trial')
    return isTried ? this.#walked(schema) : { anyOf: parts.map(part => this.of(part)) }
  }

  #array(schema: PlainSchema): CompilerSchema {
    const { items = {}, minItems, maxItems, uniqueItems } = schema
    if (Array.isArray(items))
      return {
        type: 'array',
        items: items.map(item => this.of(item)),
        minItems: items.length,
        maxItems: items.length,
      }
    const made = { type: 'array', items: this.of(items), ...defined({ minItems, maxItems }) }
    // TypeBox skips holes, JSON writes null for them.
    const whole = refined(made, value => !Array.isArray(value) || !value.includes(undefined))
    return uniqueItems === true
      ? refined(whole, value => !Array.isArray(value) || !hasEqualElements(value))
      : whole
  }

  #object(schema: PlainSchema): CompilerSchema {
    const { properties = {}, required, additionalProperties, patternProperties } = schema
    const names = Object.keys(properties)
    // TypeBox tests with `in`, and every object has a toString.
    if (patternProperties !== undefined || names.some(name => name in Object.prototype))
      return this.#walked(schema)
    const made: CompilerSchema = { type: 'object', ...defined({ required }) }
    if (names.length > 0) made['properties'] = this.#members(properties)
    if (additionalProperties === false) made['additionalProperties'] = false
    if (typeof additionalProperties === 'object') {
      const entry = this.of(additionalProperties)
      // One expression over all names, where there are none to leave out: it holds for names with line breaks too.
      if (names.length === 0) made['patternProperties'] = { '': entry }
      else made['additionalProperties'] = entry
    }
    const { minProperties = 0, maxProperties = Infinity } = schema
    refined(made, isPlain)
    return minProperties === 0 && maxProperties === Infinity
      ? made
      : refined(made, value => {
          const { length } = memberNames(Object(value) as Record<string, unknown>)
          return length >= minProperties && length <= maxProperties
        })
  }

  #members(properties: PlainTypes): CompilerSchema {
    return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, this.of(schema)]))
  }
}

/**
 * Not an instance of a class, whose getters TypeBox sees and JSON does not write. `__proto__` is read four times as fast
 * as `Object.getPrototypeOf`; where it is missing, or a member of that name, the walk decides.
 */
function isPlain(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    (value as { __proto__: unknown }).__proto__ === Object.prototype
  )
}

function stringSchema(schema: PlainSchema): CompilerSchema {
  const { pattern, format, contentEncoding, minLength, maxLength, const: only, enum: values } = schema
  const made: CompilerSchema = {
    type: 'string',
    ...defined({ minLength, maxLength, const: only, enum: values }),
  }
  const test = format === undefined ? undefined : formatCheck(format)
  if (pattern !== undefined) {
    refined(made, value => typeof value === 'string' && matchesPattern(pattern, wellFormed(value)))
  }
  if (test !== undefined) refined(made, value => typeof value === 'string' && test(value))
  if (contentEncoding === 'base64') refined(made, value => typeof value === 'string' && isBase64(value))
  return made
}

function numberOrLiteral(schema: PlainSchema): CompilerSchema {
  const {
    type,
    minimum,
    maximum,
    exclusiveMinimum,
    exclusiveMaximum,
    multipleOf,
    const: only,
    enum: values,
  } = schema
  const bounds =
    type === 'integer'
      ? {
          minimum: Math.max(minimum ?? -Infinity, Number.MIN_SAFE_INTEGER),
          maximum: Math.min(maximum ?? Infinity, Number.MAX_SAFE_INTEGER),
        }
      : { minimum, maximum }
  return {
    ...defined({
      type,
      ...bounds,
      exclusiveMinimum,
      exclusiveMaximum,
      multipleOf,
      const: only,
      enum: values,
    }),
  }
}
