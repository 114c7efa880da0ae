import { formatCheck, isBase64 } from './formats.js'
import { messages } from './messages.js'
import {
  kindOf,
  own,
  resolve,
  step,
  type Literal,
  type PlainSchema,
  type PlainTypes,
} from './plain-schema.js'
import { unionShape, type Choice } from './union-shape.js'
import { hasEqualElements, memberNames, wellFormed } from './value-rules.js'

/** A fault of a value: where, as a JSON Pointer (RFC 6901) into it, and what. */
export interface Issue {
  path: string
  message: string
}

/** Containers inside each other, at most. */
export const maxDepth = 100

/**
 * The first fault of a value as it stands on the wire, or undefined if it fits the schema. This walk is the oracle of
 * every language: which values are accepted, which fault is the first, and in which words.
 *
 * At each value: its kind; const, enum, lengths, pattern, format, bounds, counts; missing members in the schema's
 * order; declared members in the schema's order; unknown members and map entries in code-point order of their names;
 * elements in order; equal elements last.
 */
export function checkValue(schema: PlainSchema, types: PlainTypes, value: unknown): Issue | undefined {
  return walk({ schema, types, value, path: '', depth: 0 })
}

/** A value, its schema, and where we are. */
interface Place {
  schema: PlainSchema
  types: PlainTypes
  value: unknown
  path: string
  depth: number
}

const fault = (at: Place, message: string): Issue => ({ path: at.path, message })
const below = (at: Place, schema: PlainSchema, name: string | number, value: unknown): Place => ({
  schema,
  types: at.types,
  value,
  path: at.path + step(name),
  depth: at.depth + 1,
})

function walk(at: Place): Issue | undefined {
  const schema = resolve(at.schema, at.types)
  const here = schema === at.schema ? at : { ...at, schema }
  return inside(here) ?? refinements(here)
}

function inside(at: Place): Issue | undefined {
  const { schema } = at
  if (schema.anyOf !== undefined) return checkUnion(at)
  if (schema.allOf !== undefined) return first(schema.allOf, part => walk({ ...at, schema: part }))
  switch (schema.type) {
    case 'string':
      return typeof at.value === 'string' ? checkString(at, wellFormed(at.value)) : wrongKind(at)
    case 'integer':
    case 'number':
      return typeof at.value === 'number' ? checkNumber(at, at.value) : wrongKind(at)
    case 'boolean':
    case 'null':
      return kindOf(at.value) === schema.type ? checkLiterals(at, at.value as Literal) : wrongKind(at)
    case 'array':
      return Array.isArray(at.value) ? checkArray(at, at.value) : wrongKind(at)
    case 'object':
      return kindOf(at.value) === 'object'
        ? checkObject(at, at.value as Record<string, unknown>)
        : wrongKind(at)
    default:
      return schema.const === undefined && schema.enum === undefined ? checkJson(at) : checkUntyped(at)
  }
}

const wrongKind = (at: Place): Issue =>
  fault(at, messages.kind(at.schema.type === undefined ? [] : [at.schema.type]))

function first<T>(list: Iterable<T>, check: (entry: T) => Issue | undefined): Issue | undefined {
  for (const entry of list) {
    const issue = check(entry)
    if (issue !== undefined) return issue
  }
  return undefined
}

// ---- const and enum ------------------------------------------------------------------------------------------------

const isListed = (values: readonly Literal[], value: Literal): boolean =>
  values.some(listed => listed === value)

function checkLiterals(at: Place, value: Literal): Issue | undefined {
  const { schema } = at
  if (schema['x-open'] === true) return undefined
  if (schema.const !== undefined && schema.const !== value) return fault(at, messages.const(schema.const))
  if (schema.enum !== undefined && !isListed(schema.enum, value)) return fault(at, messages.enum(schema.enum))
  return undefined
}

/** A list of values without a type: the kinds in it are the kinds that may come. */
function checkUntyped(at: Place): Issue | undefined {
  const values = at.schema.enum ?? [at.schema.const ?? null]
  const kinds = new Set(values.map(value => kindOf(value) ?? 'null'))
  const kind = kindOf(at.value)
  if (kind === undefined || !kinds.has(kind)) return fault(at, messages.kind([...kinds]))
  const literal = at.value as Literal
  return checkLiterals(at, typeof literal === 'string' ? wellFormed(literal) : literal)
}

// ---- strings and numbers -------------------------------------------------------------------------------------------

function checkString(at: Place, value: string): Issue | undefined {
  const { schema } = at
  const listed = checkLiterals(at, value)
  if (listed !== undefined) return listed
  const { minLength, maxLength, pattern, format } = schema
  if (minLength !== undefined || maxLength !== undefined) {
    const length = codePoints(value)
    if (minLength !== undefined && length < minLength) return fault(at, messages.minLength(minLength))
    if (maxLength !== undefined && length > maxLength) return fault(at, messages.maxLength(maxLength))
  }
  if (pattern !== undefined && !expression(pattern).test(value)) return fault(at, messages.pattern(pattern))
  if (format !== undefined && formatCheck(format)?.(value) === false)
    return fault(at, messages.format(format))
  if (schema.contentEncoding === 'base64' && !isBase64(value)) return fault(at, messages.base64())
  return undefined
}

function codePoints(text: string): number {
  let pairs = 0
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    // The text is well-formed here: each high surrogate has its low one.
    if (unit >= 0xd800 && unit <= 0xdbff) pairs++
  }
  return text.length - pairs
}

const expressions = new Map<string, RegExp>()
/** Patterns come from contracts, so there are few of them. */
export function expression(pattern: string): RegExp {
  const known = expressions.get(pattern)
  if (known !== undefined) return known
  const made = new RegExp(pattern, 'u')
  expressions.set(pattern, made)
  return made
}

function checkNumber(at: Place, value: number): Issue | undefined {
  const { schema } = at
  if (schema.type === 'integer') {
    if (!Number.isInteger(value)) return wrongKind(at)
    if (!Number.isSafeInteger(value)) return fault(at, messages.safeInteger())
  } else if (!Number.isFinite(value)) return fault(at, messages.finite())
  const listed = checkLiterals(at, value)
  if (listed !== undefined) return listed
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum, multipleOf } = schema
  if (minimum !== undefined && value < minimum) return fault(at, messages.minimum(minimum))
  if (exclusiveMinimum !== undefined && value <= exclusiveMinimum)
    return fault(at, messages.exclusiveMinimum(exclusiveMinimum))
  if (maximum !== undefined && value > maximum) return fault(at, messages.maximum(maximum))
  if (exclusiveMaximum !== undefined && value >= exclusiveMaximum)
    return fault(at, messages.exclusiveMaximum(exclusiveMaximum))
  if (multipleOf !== undefined && value % multipleOf !== 0) return fault(at, messages.multipleOf(multipleOf))
  return undefined
}

// ---- arrays and objects --------------------------------------------------------------------------------------------

function checkArray(at: Place, value: readonly unknown[]): Issue | undefined {
  if (at.depth >= maxDepth) return fault(at, messages.depth())
  const { items, minItems, maxItems, uniqueItems } = at.schema
  if (Array.isArray(items)) {
    if (value.length !== items.length) return fault(at, messages.exactItems(items.length))
    return first(items.entries(), ([i, item]) => walk(below(at, item, i, value[i])))
  }
  if (minItems !== undefined && value.length < minItems) return fault(at, messages.minItems(minItems))
  if (maxItems !== undefined && value.length > maxItems) return fault(at, messages.maxItems(maxItems))
  // Not for … of entries(): arrays may be huge. And no skipping of holes, which JSON writes as null.
  for (let i = 0; i < value.length; i++) {
    const issue = walk(below(at, items ?? anything, i, value[i]))
    if (issue !== undefined) return issue
  }
  return uniqueItems === true && hasEqualElements(value) ? fault(at, messages.uniqueItems()) : undefined
}

const anything: PlainSchema = {}

function checkObject(at: Place, value: Record<string, unknown>): Issue | undefined {
  if (at.depth >= maxDepth) return fault(at, messages.depth())
  const { properties = {}, required = [], minProperties, maxProperties } = at.schema
  if (minProperties !== undefined || maxProperties !== undefined) {
    const { length } = memberNames(value)
    if (minProperties !== undefined && length < minProperties)
      return fault(at, messages.minProperties(minProperties))
    if (maxProperties !== undefined && length > maxProperties)
      return fault(at, messages.maxProperties(maxProperties))
  }
  for (const name of required)
    if (own(value, name) === undefined) return { path: at.path + step(name), message: messages.missing() }
  for (const name of Object.keys(properties)) {
    const member = own(value, name)
    const schema = own(properties, name)
    const issue =
      member === undefined || schema === undefined ? undefined : walk(below(at, schema, name, member))
    if (issue !== undefined) return issue
  }
  return checkOthers(at, value)
}

/** Members that the schema does not name: entries of a map, or unknown ones, which only a closed object minds. */
function checkOthers(at: Place, value: Record<string, unknown>): Issue | undefined {
  const { properties = {}, additionalProperties, patternProperties } = at.schema
  if (
    patternProperties === undefined &&
    (additionalProperties === undefined || additionalProperties === true)
  )
    return undefined
  const names = memberNames(value).filter(name => !Object.hasOwn(properties, name))
  return first(names.sort(byCodePoint), name => {
    const entry = (schema: PlainSchema) => walk(below(at, schema, name, value[name]))
    if (patternProperties !== undefined) {
      const patterns = Object.keys(patternProperties)
      const fitting = patterns.filter(pattern => expression(pattern).test(wellFormed(name)))
      if (fitting.length === 0) return { path: at.path + step(name), message: messages.key(patterns) }
      return first(fitting, pattern => entry(patternProperties[pattern] ?? anything))
    }
    if (typeof additionalProperties === 'object') return entry(additionalProperties)
    return { path: at.path + step(name), message: messages.unknown() }
  })
}

/** UTF-16's order differs from that of code points where surrogates meet U+E000 and above. */
export function byCodePoint(a: string, b: string): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)]
    if (x !== y) return rank(x) - rank(y)
  }
  return a.length - b.length
}
const rank = (unit: number): number => (unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800)

// ---- unions, any value, refinements --------------------------------------------------------------------------------

function checkUnion(at: Place): Issue | undefined {
  const shape = unionShape(at.schema, at.types)
  const kind = kindOf(at.value)
  const choice = kind === undefined ? undefined : shape.choices.get(kind)
  if (shape.any) return checkJson(at)
  return choice === undefined ? fault(at, messages.kind(shape.kinds)) : checkChoice(at, choice)
}

function checkChoice(at: Place, choice: Choice): Issue | undefined {
  const isOpen = at.schema['x-open'] === true
  switch (choice.by) {
    case 'kind':
      return isOpen && isLiteral(choice.branch) ? undefined : walk({ ...at, schema: choice.branch })
    case 'value': {
      const value = typeof at.value === 'string' ? wellFormed(at.value) : (at.value as Literal)
      return isOpen || isListed(choice.values, value) ? undefined : fault(at, messages.enum(choice.values))
    }
    case 'tag':
      return checkTagged(at, choice, isOpen)
    case 'trial':
      return choice.branches.some(schema => walk({ ...at, schema }) === undefined)
        ? undefined
        : fault(at, messages.shapes(choice.branches.length))
  }
}

const isLiteral = (schema: PlainSchema): boolean => schema.const !== undefined || schema.enum !== undefined

function checkTagged(at: Place, choice: Extract<Choice, { by: 'tag' }>, isOpen: boolean): Issue | undefined {
  if (at.depth >= maxDepth) return fault(at, messages.depth())
  const value = at.value as Record<string, unknown>
  const path = at.path + step(choice.tag)
  const tag = own(value, choice.tag)
  if (tag === undefined) return { path, message: messages.missing() }
  const branch = choice.branches.get((typeof tag === 'string' ? wellFormed(tag) : tag) as Literal)
  if (branch !== undefined) return walk({ ...at, schema: branch })
  const tags = [...choice.branches.keys()]
  if (!isOpen) return { path, message: messages.enum(tags) }
  const kinds = new Set(tags.map(known => kindOf(known) ?? 'null'))
  const kind = kindOf(tag)
  return kind !== undefined && kinds.has(kind) ? undefined : { path, message: messages.kind([...kinds]) }
}

/** `Type.Unknown()`: whatever JSON can hold. Matters for values made here; what a parser read is JSON. */
function checkJson(at: Place): Issue | undefined {
  const { value, depth } = at
  switch (kindOf(value)) {
    case undefined:
      return fault(at, messages.json())
    case 'number':
      return Number.isFinite(value) ? undefined : fault(at, messages.finite())
    case 'array':
    case 'object': {
      if (depth >= maxDepth) return fault(at, messages.depth())
      return first(entriesOf(value as object), ([name, entry]) => checkJson(below(at, anything, name, entry)))
    }
    default:
      return undefined
  }
}

/** Members in code-point order, elements in order. */
const entriesOf = (value: object): Iterable<[string | number, unknown]> =>
  Array.isArray(value)
    ? value.entries()
    : memberNames(value as Record<string, unknown>)
        .sort(byCodePoint)
        .map(name => [name, (value as Record<string, unknown>)[name]])

function refinements(at: Place): Issue | undefined {
  return first(at.schema['~refine'] ?? [], rule =>
    rule.check(at.value) === true ? undefined : fault(at, String(rule.error(at.value))),
  )
}
