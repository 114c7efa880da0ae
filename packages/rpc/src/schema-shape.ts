import { own, resolve, type PlainSchema, type PlainTypes } from './plain-schema.js'
import { typeNamesOf } from './union-shape.js'

/** The types that lead to themselves without a member or element between: no value would ever be reached. */
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
