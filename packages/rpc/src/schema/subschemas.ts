import { mapRecord } from '../json/map-record.js'
import type { PlainSchema } from './plain-schema.js'

/** What to replace a schema with; its path begins where the mapping began. */
export type MapSchema = (schema: PlainSchema, path: readonly string[]) => PlainSchema

/** The same schema with each schema directly inside it replaced. */
export function mapSubschemas(schema: PlainSchema, path: readonly string[], map: MapSchema): PlainSchema {
  const plain: PlainSchema = { ...schema }
  for (const key of ['anyOf', 'allOf'] as const) {
    const parts = schema[key]
    if (parts !== undefined) plain[key] = parts.map((part, i) => map(part, [...path, key, String(i)]))
  }
  for (const key of ['properties', 'patternProperties'] as const) {
    const members = schema[key]
    if (members !== undefined)
      plain[key] = mapRecord(members, (member, name) => map(member, [...path, key, name]))
  }
  const { items, additionalProperties } = schema
  if (Array.isArray(items)) plain.items = items.map((item, i) => map(item, [...path, 'items', String(i)]))
  else if (items !== undefined) plain.items = map(items, [...path, 'items'])
  if (typeof additionalProperties === 'object')
    plain.additionalProperties = map(additionalProperties, [...path, 'additionalProperties'])
  return plain
}

/** The schemas directly inside a schema. */
export function subschemasOf(schema: PlainSchema): PlainSchema[] {
  const {
    anyOf = [],
    allOf = [],
    properties = {},
    patternProperties = {},
    items = [],
    additionalProperties,
  } = schema
  return [
    ...anyOf,
    ...allOf,
    ...Object.values(properties),
    ...Object.values(patternProperties),
    ...(Array.isArray(items) ? items : [items]),
    ...(typeof additionalProperties === 'object' ? [additionalProperties] : []),
  ]
}
