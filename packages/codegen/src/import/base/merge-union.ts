import type { PlainSchema, PlainTypes } from '@simple-ipc/rpc'
import { own } from '../../contract/contract-json.js'

/**
 * A union whose objects cannot be distinguished, with one object in their place: it has the members of all, and those are
 * required that all require. So it takes more than the union did; nothing that the union took is lost. Arrays become
 * one array of what their elements join to. Undefined if the schema is not a union.
 */
export function mergeUnion(schema: PlainSchema, types: PlainTypes): PlainSchema | undefined {
  const leaves = leavesOf(schema, types)
  if (leaves === undefined) return undefined
  const objects = leaves.filter(leaf => resolved(leaf, types).properties !== undefined)
  const arrays = leaves.filter(isList(types))
  const others = leaves.filter(leaf => !objects.includes(leaf) && !arrays.includes(leaf))
  const branches = distinct([
    ...(objects.length > 1 ? [mergeObjects(objects, types)] : objects),
    ...(arrays.length > 1 ? [mergeArrays(arrays, types)] : arrays),
    ...others,
  ])
  const [only, ...more] = branches
  return more.length === 0 ? only : { anyOf: branches }
}

/** An array of any length, in which elements are of one type. */
const isList = (types: PlainTypes) => (leaf: PlainSchema) => {
  const { type, items } = resolved(leaf, types)
  return type === 'array' && !Array.isArray(items)
}

function leavesOf(schema: PlainSchema, types: PlainTypes): PlainSchema[] | undefined {
  return resolved(schema, types).anyOf?.flatMap(branch => leavesOf(branch, types) ?? [branch])
}

const resolved = (schema: PlainSchema, types: PlainTypes): PlainSchema => {
  const target = schema.$ref === undefined ? undefined : own(types, schema.$ref)
  return target === undefined ? schema : resolved(target, types)
}

function mergeObjects(branches: readonly PlainSchema[], types: PlainTypes): PlainSchema {
  const objects = branches.map(branch => resolved(branch, types))
  const names = [...new Set(objects.flatMap(object => Object.keys(object.properties ?? {})))]
  const required = names.filter(name => objects.every(object => object.required?.includes(name) === true))
  return {
    type: 'object',
    properties: Object.fromEntries(
      names.map(name => [name, eitherOf(objects.flatMap(object => own(object.properties, name) ?? []))]),
    ),
    ...(required.length === 0 ? {} : { required }),
    ...(objects.every(object => object.additionalProperties === false)
      ? { additionalProperties: false }
      : {}),
    ...describing(branches),
  }
}

function mergeArrays(branches: readonly PlainSchema[], types: PlainTypes): PlainSchema {
  const items = branches.map(branch => (resolved(branch, types).items ?? {}) as PlainSchema)
  return { type: 'array', items: mergeUnion({ anyOf: items }, types) ?? {} }
}

const eitherOf = (schemas: readonly PlainSchema[]): PlainSchema => {
  const [only = {}, ...more] = distinct(schemas)
  return more.length === 0 ? only : { anyOf: [only, ...more] }
}

/** Those that accept the same are one; what they say to people may differ. */
function distinct(schemas: readonly PlainSchema[]): PlainSchema[] {
  const found = new Map<string, PlainSchema>()
  for (const schema of schemas) {
    const { description, ...rest } = schema
    const text = JSON.stringify(rest)
    if (!found.has(text)) found.set(text, description === undefined ? rest : schema)
  }
  return [...found.values()]
}

const describing = (branches: readonly PlainSchema[]): { description?: string } => {
  const names = branches.flatMap(({ $ref }) => ($ref === undefined ? [] : [$ref]))
  return names.length < branches.length ? {} : { description: `${names.join(', or ')}.` }
}
