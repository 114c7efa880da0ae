import { own, resolve, type PlainSchema, type PlainTypes } from './plain-schema.js'
import { subschemasOf } from './subschemas.js'
import { typeNamesOf } from './union-shape.js'

/** The types that refer to themselves without a member or element in between: they have no values. */
export function circularTypes(types: PlainTypes): string[][] {
  return Object.keys(types)
    .filter(name => leadsTo(types, name, own(types, name) ?? {}, new Set()))
    .map(name => ['types', name])
}

function leadsTo(types: PlainTypes, name: string, schema: PlainSchema, seen: Set<string>): boolean {
  if (schema.$ref !== undefined) {
    if (schema.$ref === name) return true
    if (seen.has(schema.$ref)) return false
    seen.add(schema.$ref)
    return leadsTo(types, name, own(types, schema.$ref) ?? {}, seen)
  }
  return [...(schema.anyOf ?? []), ...(schema.allOf ?? [])].some(part => leadsTo(types, name, part, seen))
}

/** Why a schema cannot be that of params, or undefined. */
export function fitsParams(schema: PlainSchema, types: PlainTypes): string | undefined {
  const plain = resolve(schema, types)
  const kinds = typeNamesOf(plain, types)
  if (kinds?.length === 1 && kinds[0] === 'object') return undefined
  if (plain.type === 'array' && Array.isArray(plain.items)) return undefined
  return 'must be an object (Type.Object) or a tuple (Type.Tuple): params travel by name or by position'
}

/** Can a value of this schema be nested endlessly: by a type that contains itself, or where any value is allowed? */
export function isDeep(schema: PlainSchema, types: PlainTypes): boolean {
  return someSchema(schema, types, (part, above) =>
    part.$ref === undefined ? isAnything(part) : above.includes(part.$ref),
  )
}

/** Does the schema say nothing about what a value is? */
export const isAnything = (schema: PlainSchema): boolean =>
  schema.type === undefined &&
  schema.anyOf === undefined &&
  schema.allOf === undefined &&
  schema.const === undefined &&
  schema.enum === undefined

/** Has a value of this schema another form in JavaScript than on the wire? */
export function convertsSomething(schema: PlainSchema, types: PlainTypes): boolean {
  return someSchema(schema, types, part => part['~convert'] !== undefined || part['x-open'] === true)
}

/** Has it an object with members of its own: itself, or as an element, an entry, a branch or a part? */
export function hasShape(schema: PlainSchema, types: PlainTypes): boolean {
  return someSchema(schema, types, ({ properties }) => Object.keys(properties ?? {}).length > 0)
}

/** Does a schema, or one inside it, or one it refers to, have the property? `above` names the types we came through. */
function someSchema(
  schema: PlainSchema,
  types: PlainTypes,
  has: (schema: PlainSchema, above: readonly string[]) => boolean,
): boolean {
  const seen = new Set<string>()
  const look = (part: PlainSchema, above: readonly string[]): boolean => {
    if (has(part, above)) return true
    if (part.$ref === undefined) return subschemasOf(part).some(inner => look(inner, above))
    if (seen.has(part.$ref)) return false
    seen.add(part.$ref)
    const target = own(types, part.$ref)
    return target !== undefined && look(target, [...above, part.$ref])
  }
  return look(schema, [])
}
