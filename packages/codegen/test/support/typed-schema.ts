import { keywordsOf, typeNames } from '../../src/import/json-schema/json-schema-keywords.js'

const inMaps = ['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas']
const inLists = ['allOf', 'anyOf', 'oneOf', 'prefixItems']
const alone = ['items', 'additionalProperties', 'additionalItems', 'contains', 'not', 'propertyNames']

/** The schema with a type wherever its keywords are about one, as people write it: also inside. */
export function typed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(typed)
  if (typeof schema !== 'object' || schema === null) return schema
  const found: Record<string, unknown> = { ...schema }
  for (const key of inLists) if (Array.isArray(found[key])) found[key] = typed(found[key])
  for (const key of alone) if (found[key] !== undefined) found[key] = typed(found[key])
  for (const key of inMaps) {
    const inner = found[key]
    if (typeof inner === 'object' && inner !== null)
      found[key] = Object.fromEntries(Object.entries(inner).map(([name, value]) => [name, typed(value)]))
  }
  const type = typeNames
    .toReversed()
    .find(name => keywordsOf[name].some(key => key !== 'format' && found[key] !== undefined))
  return type === undefined || found['type'] !== undefined ? found : { type, ...found }
}
