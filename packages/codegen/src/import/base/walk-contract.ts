import type { PlainContract, PlainSchema, PlainSide } from '@simple-ipc/rpc'
import { step } from '../../contract/contract-json.js'

/** What is done with a schema at its place, and with those inside it if it is true. */
export type Visit = (schema: PlainSchema, path: string) => boolean

/** Visits the schemas of a contract, those inside others after them. Returning false leaves out what is inside. */
export function walkContract({ types, child, host }: PlainContract, visit: Visit): void {
  walkAll(types, '/types', visit)
  for (const [name, side] of [['child', child] as const, ['host', host] as const])
    walkSide(side, step('', name), visit)
}

function walkSide(side: PlainSide, path: string, visit: Visit): void {
  for (const [name, { errors = {}, ...method }] of Object.entries(side.methods)) {
    const at = step(path, 'methods', name)
    for (const [key, value] of Object.entries(method)) if (isSchema(value)) walk(value, step(at, key), visit)
    for (const [error, { data }] of Object.entries(errors))
      if (data !== undefined) walk(data, step(at, 'errors', error, 'data'), visit)
  }
  walkAll(side.notifications, step(path, 'notifications'), visit)
}

function walkAll(schemas: Readonly<Record<string, PlainSchema>>, path: string, visit: Visit): void {
  for (const [name, schema] of Object.entries(schemas)) walk(schema, step(path, name), visit)
}

function walk(schema: PlainSchema, path: string, visit: Visit): void {
  if (!visit(schema, path)) return
  for (const key of ['anyOf', 'allOf'] as const)
    for (const [i, part] of (schema[key] ?? []).entries()) walk(part, step(path, key, i), visit)
  for (const key of ['properties', 'patternProperties'] as const)
    walkAll(schema[key] ?? {}, step(path, key), visit)
  const { items, additionalProperties } = schema
  if (Array.isArray(items)) for (const [i, item] of items.entries()) walk(item, step(path, 'items', i), visit)
  else if (items !== undefined) walk(items, step(path, 'items'), visit)
  if (isSchema(additionalProperties)) walk(additionalProperties, step(path, 'additionalProperties'), visit)
}

const isSchema = (value: unknown): value is PlainSchema => typeof value === 'object' && value !== null
