import { types as is } from 'node:util'

import { nameOfStep } from '../json/json-pointer.js'
import { UnlistedValue } from '../schema/open-schema.js'
import { own, resolve, type Conversion, type PlainSchema, type PlainTypes } from '../schema/plain-schema.js'
import type { Issue } from './check-context.js'

/** Where a codec's values have their shape from. */
export interface Shape {
  schema: PlainSchema
  types: PlainTypes
}

/**
 * What was there in place of what an issue asks for, to be added to its sentence: `, not Set (use [...set])`. Empty where
 * that says nothing more. For values made here: on the wire and in `data.issues` is the protocol's sentence alone.
 *
 * @param value as the user passed it, not as it would be on the wire
 */
export function insteadOf(shape: Shape | undefined, { path, message }: Issue, value: unknown): string {
  try {
    const at = locate(value, path, shape)
    if (at === undefined) return ''
    if (message === 'is missing') return at.isThere ? ' (it is undefined)' : ''
    if (!message.startsWith('must be ')) return ''
    const cure = convertedCure(at.conversion, at.value) ?? cureOf(at.value, message.includes('an array'))
    return `, not ${nameOf(at.value)}${cure === '' ? '' : ` (${cure})`}`
  } catch {
    // A getter or a proxy in it throws.
    return ''
  }
}

interface Place {
  value: unknown
  /** False for a member that does not exist at all. */
  isThere: boolean
  /** The schema's, where unions do not hide it. */
  conversion: Conversion | undefined
}

function locate(root: unknown, path: string, shape: Shape | undefined): Place | undefined {
  let [value, isThere] = [root, true]
  let schema = shape && resolve(shape.schema, shape.types)
  for (const written of path.split('/').slice(1)) {
    if (value instanceof UnlistedValue) ({ value } = value)
    if (typeof value !== 'object' || value === null) return undefined
    const name = nameOfStep(written)
    isThere = Object.hasOwn(value, name)
    const below = schema && schemaOf(schema, name)
    schema = below && shape && resolve(below, shape.types)
    value = (value as Record<string, unknown>)[name]
  }
  return { value, isThere, conversion: schema?.['~convert'] }
}

/** The schema of a member or an element. */
function schemaOf(
  { properties, additionalProperties, items }: PlainSchema,
  name: string,
): PlainSchema | undefined {
  const member = own(properties, name)
  if (member !== undefined) return member
  if (Array.isArray(items)) return items[Number(name)]
  return items ?? (typeof additionalProperties === 'object' ? additionalProperties : undefined)
}

const longestText = 60

function nameOf(value: unknown): string {
  switch (typeof value) {
    case 'string': {
      const text = JSON.stringify(value.length > longestText ? `${value.slice(0, longestText)}…` : value)
      return `the string ${text}`
    }
    case 'bigint':
      return `the bigint ${value}n`
    case 'number':
      return Object.is(value, -0) ? '-0' : `${value}`
    case 'symbol':
      return 'a symbol'
    case 'function':
      return isClass(value) ? `the class ${value.name}` : 'a function'
    case 'object':
      if (value === null) return 'null'
      return Array.isArray(value) ? 'an array' : className(value)
    default:
      return String(value)
  }
}

const isClass = (value: object): value is { name: string } =>
  /^class\b/.test(Function.prototype.toString.call(value))

function className(value: object): string {
  const prototype = Object.getPrototypeOf(value) as { constructor?: { name?: unknown } } | null
  const name = prototype?.constructor?.name
  if (typeof name === 'string' && name !== '' && name !== 'Object') return name
  // An iterator's, a generator's.
  const tag = (value as { [Symbol.toStringTag]?: unknown })[Symbol.toStringTag]
  return typeof tag === 'string' && tag !== '' ? tag : 'an object'
}

/** What makes a value of the schema's JavaScript form, where that is not the wire's. */
function convertedCure(conversion: Conversion | undefined, value: unknown): string | undefined {
  if (conversion === undefined) return undefined
  if (conversion === 'bytes') return 'pass a Uint8Array'
  return typeof value === 'number' && Number.isInteger(value) ? `pass a bigint: ${value}n` : 'pass a bigint'
}

/** How to make a JSON value of one that JSON cannot hold as it is. */
function cureOf(value: unknown, wantsArray: boolean): string {
  if (typeof value === 'bigint') return 'use Number(value), or Int64 in the contract'
  if (typeof value === 'function') return isClass(value) ? '' : 'call it'
  if (typeof value !== 'object' || value === null) return ''
  if (Array.isArray(value)) return ''
  if (is.isPromise(value) || ('then' in value && typeof value.then === 'function')) return 'await it'
  if (is.isMap(value)) return wantsArray ? 'use [...map]' : 'use Object.fromEntries(map)'
  if (is.isSet(value)) return 'use [...set]'
  if (is.isDate(value)) return 'use date.toISOString()'
  if (is.isRegExp(value)) return 'use regexp.source'
  if (is.isTypedArray(value)) return 'use Array.from(array), or Bytes in the contract'
  if (is.isAnyArrayBuffer(value) || is.isDataView(value)) return 'use Bytes in the contract'
  if (is.isNativeError(value)) return 'use error.message'
  if (is.isBoxedPrimitive(value)) return 'use its valueOf()'
  if (value instanceof URL) return 'use url.href'
  if (wantsArray && Symbol.iterator in value) return 'use [...values]'
  return Symbol.asyncIterator in value ? 'read it first' : ''
}
