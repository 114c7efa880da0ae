import { jsonKind, own, resolve, type PlainSchema, type PlainTypes } from '../schema/plain-schema.js'
import { checkValue } from './check-value.js'
import type { Codec } from './codec.js'

/** A codec for values of programs that write null where a member is absent: what does not fit is looked at once more without those. */
export const withAbsentNulls = (codec: Codec): Codec => ({
  ...codec,
  check(value) {
    const issue = codec.check(value)
    if (issue === undefined || codec.shape === undefined) return issue
    const { schema, types } = codec.shape
    dropNulls(value, schema, types)
    return codec.check(value)
  },
  encode: value => codec.encode(value),
  decode: value => codec.decode(value),
})

/** Deletes each member that is null, may be absent and may not be null. In place: the value was just read. */
function dropNulls(value: unknown, schema: PlainSchema, types: PlainTypes): void {
  const plain = resolve(schema, types)
  for (const part of plain.allOf ?? []) dropNulls(value, part, types)
  if (plain.anyOf !== undefined) dropInBranch(value, plain.anyOf, types)
  const kind = jsonKind(value)
  if (kind === 'object') dropInObject(value as Record<string, unknown>, plain, types)
  if (kind === 'array') dropInArray(value as unknown[], plain, types)
}

function dropInObject(value: Record<string, unknown>, schema: PlainSchema, types: PlainTypes): void {
  const { properties = {}, required = [], additionalProperties } = schema
  for (const [name, inner] of Object.entries(value)) {
    const member = own(properties, name)
    if (member === undefined) {
      if (typeof additionalProperties === 'object') dropNulls(inner, additionalProperties, types)
    } else if (inner !== null) dropNulls(inner, member, types)
    else if (!required.includes(name) && checkValue(member, types, null) !== undefined)
      Reflect.deleteProperty(value, name)
  }
}

function dropInArray(value: readonly unknown[], { items }: PlainSchema, types: PlainTypes): void {
  for (const [i, element] of value.entries()) {
    const schema = Array.isArray(items) ? items[i] : items
    if (schema !== undefined) dropNulls(element, schema, types)
  }
}

/** In the first branch that the value fits without its nulls. */
function dropInBranch(value: unknown, branches: readonly PlainSchema[], types: PlainTypes): void {
  if (typeof value !== 'object' || value === null) return
  for (const branch of branches) {
    const copy: unknown = structuredClone(value)
    dropNulls(copy, branch, types)
    if (checkValue(branch, types, copy) !== undefined) continue
    dropNulls(value, branch, types)
    return
  }
}
