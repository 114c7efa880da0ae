import { wellFormed } from '../json/json-value.js'
import { formatCheck, isBase64 } from '../schema/formats.js'
import { matchesPattern } from '../schema/pattern.js'
import { jsonKind, type Literal } from '../schema/plain-schema.js'
import { fault, type Issue, type CheckContext } from './check-context.js'
import { messages } from './issue-messages.js'

/** The value is of another kind than the schema's type. */
export const wrongKind = (at: CheckContext): Issue =>
  fault(at, messages.kind(at.schema.type === undefined ? [] : [at.schema.type]))

export const isListed = (values: readonly Literal[], value: Literal): boolean =>
  values.some(listed => listed === value)

export function checkLiterals(at: CheckContext, value: Literal): Issue | undefined {
  const { schema } = at
  if (schema['x-open'] === true) return undefined
  if (schema.const !== undefined && schema.const !== value) return fault(at, messages.const(schema.const))
  if (schema.enum !== undefined && !isListed(schema.enum, value)) return fault(at, messages.enum(schema.enum))
  return undefined
}

/** A list of values without a type: the kinds in it are the kinds that may come. */
export function checkUntyped(at: CheckContext): Issue | undefined {
  const values = at.schema.enum ?? [at.schema.const ?? null]
  const kinds = new Set(values.map(value => jsonKind(value) ?? 'null'))
  const kind = jsonKind(at.value)
  if (kind === undefined || !kinds.has(kind)) return fault(at, messages.kind([...kinds]))
  const literal = at.value as Literal
  return checkLiterals(at, typeof literal === 'string' ? wellFormed(literal) : literal)
}

export function checkString(at: CheckContext, value: string): Issue | undefined {
  const { schema } = at
  const listed = checkLiterals(at, value)
  if (listed !== undefined) return listed
  const { minLength, maxLength, pattern, format } = schema
  if (minLength !== undefined || maxLength !== undefined) {
    const length = codePoints(value)
    if (minLength !== undefined && length < minLength) return fault(at, messages.minLength(minLength))
    if (maxLength !== undefined && length > maxLength) return fault(at, messages.maxLength(maxLength))
  }
  if (pattern !== undefined && !matchesPattern(pattern, value)) return fault(at, messages.pattern(pattern))
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

export function checkNumber(at: CheckContext, value: number): Issue | undefined {
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
