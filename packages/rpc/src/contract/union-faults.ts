import type { PlainSchema, PlainTypes } from '../schema/plain-schema.js'
import { unionShape, type UnionChoice } from '../schema/union-shape.js'
import { fault, type Reading } from './read-context.js'

/** Does it say something of a union, be it one or not? */
export const concernsUnions = (schema: PlainSchema): boolean =>
  schema.anyOf !== undefined || schema['x-open'] !== undefined || schema['x-first-match'] !== undefined

/** Reports unions that cannot work, and what is said of unions where there is none to which it could apply. The schemas must be valid otherwise. */
export function findUnionFaults({ unions }: Reading, types: PlainTypes): void {
  for (const { schema, at } of unions) {
    const why = openFault(schema, types) ?? firstMatchFault(schema) ?? textFault(schema, types)
    if (why !== undefined) fault(at, why)
  }
}

function openFault(schema: PlainSchema, types: PlainTypes): string | undefined {
  if (schema['x-open'] !== true || schema.enum !== undefined || schema.const !== undefined) return undefined
  const choices = schema.anyOf === undefined ? [] : [...unionShape(schema, types).choices.values()]
  if (choices.some(choice => choice.by === 'tag' || isValues(choice))) return undefined
  return 'is open, but not an enum, a union of literals or a union of objects that a Type.Literal member distinguishes'
}

function firstMatchFault(schema: PlainSchema): string | undefined {
  const asked: unknown = schema['x-first-match']
  if (asked === undefined || (asked === true && schema.anyOf !== undefined)) return undefined
  return "has x-first-match, which is for unions: Type.Union([…], { 'x-first-match': true })"
}

const isValues = (choice: UnionChoice): boolean =>
  choice.by === 'value' ||
  (choice.by === 'kind' && (choice.branch.const !== undefined || choice.branch.enum !== undefined))

/** Bytes and wide integers are strings on the wire, where they cannot be distinguished from other strings. */
function textFault(schema: PlainSchema, types: PlainTypes): string | undefined {
  const choice = schema.anyOf === undefined ? undefined : unionShape(schema, types).choices.get('string')
  const isMixed = choice?.by === 'trial' && choice.branches.some(branch => branch['~convert'] !== undefined)
  return isMixed
    ? 'has Int64(), UInt64() or Bytes() next to another string: they look the same on the wire, so use objects with a Type.Literal member'
    : undefined
}
