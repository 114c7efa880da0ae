import { isWellFormed } from '../json/json-value.js'
import { patternFault } from '../schema/pattern.js'
import { jsonKind, type Literal, type PlainSchema } from '../schema/plain-schema.js'
import { below, fault, type At } from './read-context.js'

/** Can the values of a schema's keywords be checked, and in the same way everywhere? Reports what cannot. */
export function checkKeywordValues(schema: PlainSchema, at: At): PlainSchema {
  for (const key of counts) wants(schema, key, isCount, 'must be a non-negative integer', at)
  for (const key of bounds) wants(schema, key, Number.isFinite, 'must be a finite number', at)
  if (schema.type === 'integer')
    for (const key of bounds)
      if (Number.isFinite(schema[key]))
        wants(schema, key, Number.isSafeInteger, 'must be an integer within ±(2^53 − 1), as the value is', at)
  wants(schema, 'multipleOf', isStep, 'must be a positive integer', at)
  wants(schema, 'uniqueItems', value => typeof value === 'boolean', 'must be true or false', at)
  wants(schema, 'format', value => typeof value === 'string', 'must be the name of a format', at)
  wants(schema, 'contentEncoding', value => value === 'base64', 'must be base64; use Bytes()', at)
  wants(schema, 'x-open', value => value === true, 'is set by Open(…)', at)
  if (schema.pattern !== undefined) {
    const why = patternFault(schema.pattern)
    if (why !== undefined) fault(below(at, 'pattern'), why)
  }
  if (Object.hasOwn(schema, 'const')) checkLiteral(schema, schema.const, below(at, 'const'))
  if (schema.enum !== undefined) checkEnum(schema, at)
  return schema
}

const counts = ['minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties'] as const
const bounds = ['minimum', 'exclusiveMinimum', 'maximum', 'exclusiveMaximum'] as const
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0
const isStep = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 1

function wants(
  schema: PlainSchema,
  key: keyof PlainSchema,
  fits: (value: unknown) => boolean,
  message: string,
  at: At,
): void {
  if (schema[key] !== undefined && !fits(schema[key])) fault(below(at, key), message)
}

function checkEnum(schema: PlainSchema, at: At): void {
  const values: unknown = schema.enum
  if (!Array.isArray(values) || values.length === 0) {
    fault(below(at, 'enum'), 'must list at least one value')
    return
  }
  // The contract's own copy.
  schema.enum = [...(values as Literal[])]
  for (const [i, value] of values.entries()) checkLiteral(schema, value, below(at, 'enum', i))
}

function checkLiteral(schema: PlainSchema, value: unknown, at: At): void {
  const kind = jsonKind(value)
  if (kind === undefined || kind === 'array' || kind === 'object')
    fault(at, 'must be a string, a number, true, false or null')
  else if (kind === 'number' && !Number.isFinite(value)) fault(at, 'must be a finite number')
  else if (kind === 'string' && !isWellFormed(value as string))
    fault(at, 'has a lone surrogate, which cannot be sent')
  else if (schema.type === 'integer' && !Number.isSafeInteger(value))
    fault(at, 'must be an integer within ±(2^53 − 1), as the type says')
  else if (schema.type !== undefined && schema.type !== 'integer' && schema.type !== kind)
    fault(at, `is not of the schema's type, ${schema.type}`)
}
