import {
  byCodePoint,
  isLossyAsJson,
  maxDepth,
  memberNames,
  wellFormed,
  hasToJSON,
} from '../json/json-value.js'
import { jsonKind, resolve, type Literal, type PlainSchema, type PlainTypes } from '../schema/plain-schema.js'
import { checkArray, checkObject } from './check-containers.js'
import { below, fault, first, type Issue, type CheckContext } from './check-context.js'
import { checkLiterals, checkNumber, checkString, checkUntyped, wrongKind } from './check-scalar.js'
import { checkUnion } from './check-union.js'
import { findCycle } from './find-cycle.js'
import { messages } from './issue-messages.js'

/**
 * The first fault of a value as it is on the wire, or undefined if it fits the schema. This walk is the oracle of
 * every language: which values are accepted, which fault is the first, and its message.
 *
 * At each value: its kind; const, enum, lengths, pattern, format, bounds, counts; missing members in the schema's
 * order; declared members in the schema's order; unknown members and map entries in code-point order of their names;
 * elements in order; equal elements last.
 */
export function checkValue(schema: PlainSchema, types: PlainTypes, value: unknown): Issue | undefined {
  const issue = walk({ schema, types, value, path: '', depth: 0, tried: new Map(), walk })
  return issue?.message === messages.depth() ? (findCycle(issue.path, value) ?? issue) : issue
}

function walk(at: CheckContext): Issue | undefined {
  const schema = resolve(at.schema, at.types)
  const here = schema === at.schema ? at : { ...at, schema }
  return inside(here) ?? refinements(here)
}

function inside(at: CheckContext): Issue | undefined {
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
      return jsonKind(at.value) === schema.type ? checkLiterals(at, at.value as Literal) : wrongKind(at)
    case 'array':
      return Array.isArray(at.value) ? checkArray(at, at.value) : wrongKind(at)
    case 'object':
      if (jsonKind(at.value) !== 'object') return wrongKind(at)
      return isLossyAsJson(at.value as object)
        ? fault(at, messages.json())
        : checkObject(at, at.value as Record<string, unknown>)
    default:
      return schema.const === undefined && schema.enum === undefined ? checkJson(at) : checkUntyped(at)
  }
}

/** `Type.Unknown()`: whatever JSON can hold. Matters for values made here; what a parser read is JSON. */
function checkJson(at: CheckContext): Issue | undefined {
  const { value, depth } = at
  switch (jsonKind(value)) {
    case undefined:
      return fault(at, messages.json())
    case 'number':
      return Number.isFinite(value) ? undefined : fault(at, messages.finite())
    case 'array':
    case 'object': {
      if (hasToJSON(value as object) || (jsonKind(value) === 'object' && isLossyAsJson(value as object)))
        return fault(at, messages.json())
      if (depth >= maxDepth) return fault(at, messages.depth())
      return first(entriesOf(value as object), ([name, entry]) => checkJson(below(at, {}, name, entry)))
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

function refinements(at: CheckContext): Issue | undefined {
  return first(at.schema['~refine'] ?? [], rule =>
    rule.check(at.value) === true ? undefined : fault(at, String(rule.error(at.value))),
  )
}
