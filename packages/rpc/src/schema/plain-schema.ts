/** A JSON value's kind. JSON has one kind of number; `integer` is a rule about it. */
export type Kind = 'null' | 'boolean' | 'number' | 'string' | 'array' | 'object'
export type TypeName = Kind | 'integer'
export type Literal = string | number | boolean | null

/** What `Type.Refine` leaves on a schema: a rule in TypeScript only. */
export interface Refinement {
  check(value: unknown): unknown
  error(value: unknown): unknown
}

/**
 * The JSON Schema that a contract may hold, and nothing else: what `defineContract` makes of TypeBox's schemas, what
 * travels in `rpc.discover` and what the code generator reads. Exactly one of type, $ref, anyOf, allOf, const and enum
 * gives the shape (type may be next to const and enum); `{}` is any JSON value.
 */
export interface PlainSchema {
  type?: TypeName
  /** The name of one of the contract's types. */
  $ref?: string
  anyOf?: PlainSchema[]
  allOf?: PlainSchema[]
  const?: Literal
  enum?: Literal[]
  /** Enums and tagged unions: values that are not listed may come. */
  'x-open'?: true
  /** Unions: where nothing distinguishes branches, the first one that fits is meant. TypeScript always reads so. */
  'x-first-match'?: true

  minLength?: number
  maxLength?: number
  pattern?: string
  format?: string
  contentEncoding?: string
  minimum?: number
  exclusiveMinimum?: number
  maximum?: number
  exclusiveMaximum?: number
  multipleOf?: number

  /** One schema for every element, or a list: a tuple, then with `additionalItems: false` and `minItems`. */
  items?: PlainSchema | PlainSchema[]
  additionalItems?: false
  minItems?: number
  maxItems?: number
  uniqueItems?: boolean

  properties?: PlainTypes
  required?: string[]
  /** false: no other members. A schema: the members' names are free, as in a map. */
  additionalProperties?: boolean | PlainSchema
  /** A map whose keys must match one of the patterns. */
  patternProperties?: PlainTypes
  minProperties?: number
  maxProperties?: number

  title?: string
  description?: string
  /** Documentation, which decides nothing. */
  summary?: string
  default?: unknown
  examples?: unknown
  deprecated?: unknown
  readOnly?: unknown
  writeOnly?: unknown
  contentMediaType?: unknown
  $comment?: unknown
  $id?: unknown
  [annotation: `x-${string}`]: unknown

  /** Not enumerable, so not in JSON. */
  readonly '~refine'?: readonly Refinement[]
  /** Not enumerable: the value is converted between its form on the wire and its form in JavaScript. */
  readonly '~convert'?: Conversion
}
export type PlainTypes = Record<string, PlainSchema>
export type Conversion = 'int64' | 'uint64' | 'bytes'

/** The member of `record`, if it is the record's own: a schema may be called `toString`. */
export const own = <T>(record: Readonly<Record<string, T>> | undefined, name: string): T | undefined =>
  record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined

/** Follows `$ref` to a schema that tells its shape itself. The contract was found free of circles. */
export function resolve(schema: PlainSchema, types: PlainTypes): PlainSchema {
  let at = schema
  while (at.$ref !== undefined) {
    const target = own(types, at.$ref)
    if (target === undefined) throw new TypeError(`There is no type '${at.$ref}'`)
    at = target
  }
  return at
}

/** The kind of a JSON value; undefined for what JSON cannot hold. */
export function jsonKind(value: unknown): Kind | undefined {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  const type = typeof value
  return type === 'object' || type === 'string' || type === 'number' || type === 'boolean' ? type : undefined
}
