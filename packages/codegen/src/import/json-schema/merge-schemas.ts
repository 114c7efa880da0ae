import { checkValue, type PlainSchema } from '@simple-ipc/rpc'
import { step } from '../../contract/contract-json.js'
import { bare, keywordsOf, typeNames, type SchemaType } from './json-schema-keywords.js'
import { required } from './read-object-schema.js'
import { isNode, type Node, type Place, type SchemaDocument } from './schema-document.js'

/** Joins what several parts say of one member. */
type Join = (places: readonly Place[], path: string, document: SchemaDocument) => PlainSchema

/** Several schemas that a value must all fit, as one. Unions were multiplied out before. */
export function mergeSchemas(
  places: readonly Place[],
  path: string,
  document: SchemaDocument,
  join: Join,
): PlainSchema {
  const found = places.flatMap(place => flat(place, document, []))
  if (found.length > 0 && found.every(({ node }) => node['nullable'] === true))
    return document.refuse(
      path,
      'joins schemas that may all be null; write nullable outside, or a union with null',
    )
  // Null fits those that are nullable, but not all of them.
  const parts = found.map(part => ({ ...part, node: bare({ ...part.node, nullable: undefined }) }))
  const lists = parts.filter(({ node }) => node['const'] !== undefined || node['enum'] !== undefined)
  if (lists.length > 0) return mergedList(parts, path, document)
  if (parts.every(({ node }) => isObject(node)) && parts.some(({ node }) => node['type'] === 'object'))
    return mergedObject(parts, path, document, join)
  return mergedScalar(parts, path, document)
}

interface Part {
  node: Node
  path: string
}

/** Follows references and nested allOf, down to schemas that say something themselves. */
function flat({ node, path }: Place, document: SchemaDocument, above: readonly string[]): Part[] {
  if (!document.mayJoin(1)) return []
  if (!isNode(node)) {
    if (node !== true) document.read({ node, path })
    return []
  }
  const said = bare(node)
  if (said['$ref'] !== undefined) {
    const pointer = document.resolve(said['$ref'], path)
    if (pointer === undefined) return []
    if (above.includes(pointer)) {
      document.refuse(path, 'is joined with itself by allOf; nothing would ever be reached')
      return []
    }
    return flat({ node: document.find(pointer), path: pointer }, document, [...above, pointer])
  }
  if (said['anyOf'] !== undefined || said['oneOf'] !== undefined) {
    document.refuse(path, 'is a union beside other members, inside allOf; write the union outside')
    return []
  }
  const { allOf, ...own } = said
  const inner = Array.isArray(allOf)
    ? allOf.flatMap((part: unknown, i) => flat({ node: part, path: step(path, 'allOf', i) }, document, above))
    : []
  return Object.keys(own).length === 0 ? inner : [{ node: own, path }, ...inner]
}

const isObject = (node: Node): boolean =>
  node['type'] === 'object' ||
  (node['type'] === undefined && Object.keys(node).every(key => keywordsOf.object.includes(key)))

// ---- objects -------------------------------------------------------------------------------------------------------

function mergedObject(
  parts: readonly Part[],
  path: string,
  document: SchemaDocument,
  join: Join,
): PlainSchema {
  const places = new Map<string, Place[]>()
  for (const part of parts)
    for (const [name, node] of Object.entries(membersOf(part)))
      places.set(name, [...(places.get(name) ?? []), { node, path: step(part.path, 'properties', name) }])
  const names = [...places.keys()]
  const closed = parts.filter(part => isClosed(part))
  for (const part of closed) {
    const unknown = names.find(name => !coversAll(part, path) && !Object.hasOwn(membersOf(part), name))
    if (unknown !== undefined)
      document.refuse(
        part.path,
        `forbids '${unknown}', which another part of allOf declares, so nothing would fit; leave additionalProperties out there`,
      )
  }
  for (const part of parts) refuseFreeMembers(part, document)
  const counts = bounds(parts)
  const needed = parts.flatMap(part => required(part.node, part.path, names, document))
  const inOrder = names.filter(name => needed.includes(name))
  return {
    type: 'object',
    properties: Object.fromEntries([...places].map(([name, found]) => [name, member(found, document, join)])),
    ...(inOrder.length === 0 ? {} : { required: inOrder }),
    ...(closed.length === 0 ? {} : { additionalProperties: false }),
    ...counts,
  }
}

const membersOf = ({ node }: Part): Node => (isNode(node['properties']) ? node['properties'] : {})
const isClosed = ({ node }: Part): boolean =>
  node['additionalProperties'] === false || node['unevaluatedProperties'] === false
/** What stands beside allOf itself may close the whole. */
const coversAll = ({ node, path }: Part, whole: string): boolean =>
  path === whole && node['unevaluatedProperties'] === false && node['additionalProperties'] !== false

/** The description of the place that says most about the member. */
function member(found: readonly Place[], document: SchemaDocument, join: Join): PlainSchema {
  const [only, ...more] = found
  if (only === undefined) return {}
  if (more.length === 0 || found.every(({ node }) => sameNode(node, only.node))) return document.read(only)
  const told = found.findLast(({ node }) => isNode(node) && typeof node['description'] === 'string')
  const description =
    told === undefined ? {} : { description: (told.node as { description: string }).description }
  return { ...join(found, only.path, document), ...description }
}

const sameNode = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

function refuseFreeMembers({ node, path }: Part, document: SchemaDocument): void {
  for (const key of ['additionalProperties', 'patternProperties', 'propertyNames', 'unevaluatedProperties']) {
    const value = node[key]
    if (typeof value === 'object' && value !== null && Object.keys(value).length > 0)
      document.refuse(
        step(path, key),
        'gives a type to free members in one part of allOf; put them into a member of their own',
      )
  }
}

function bounds(parts: readonly Part[]): PlainSchema {
  const of = (key: string): number[] =>
    parts.flatMap(({ node }) => (typeof node[key] === 'number' ? [node[key]] : []))
  const least = of('minProperties')
  const most = of('maxProperties')
  return {
    ...(least.length === 0 ? {} : { minProperties: Math.max(...least) }),
    ...(most.length === 0 ? {} : { maxProperties: Math.min(...most) }),
  }
}

// ---- values and scalars --------------------------------------------------------------------------------------------

/** The values of one list that the other parts let through. */
function mergedList(parts: readonly Part[], path: string, document: SchemaDocument): PlainSchema {
  const read = parts.map(part => document.read(part))
  const types = document.types()
  const values = (schema: PlainSchema): readonly unknown[] | undefined =>
    schema.const === undefined ? schema.enum : [schema.const]
  const first = read.map(values).find(list => list !== undefined) ?? []
  const fitting = first.filter(value => read.every(schema => checkValue(schema, types, value) === undefined))
  if (fitting.length === 0)
    return document.refuse(path, 'joins schemas of which no listed value fits all; correct one of them')
  const node: Node = fitting.length === 1 ? { const: fitting[0] } : { enum: fitting }
  return document.read({ node, path })
}

/** Schemas of one type whose keywords add up. */
function mergedScalar(parts: readonly Part[], path: string, document: SchemaDocument): PlainSchema {
  const merged: Node = {}
  const places = new Map<string, string>()
  for (const part of parts)
    for (const [key, value] of Object.entries(part.node)) {
      if (places.has(key) && !sameNode(merged[key], value))
        return document.refuse(
          step(part.path, key),
          `says something else than ${places.get(key) ?? ''}, and both hold by allOf; write what holds together`,
        )
      merged[key] = value
      places.set(key, step(part.path, key))
    }
  const { type } = merged
  if (
    typeof type === 'string' &&
    typeNames.includes(type as SchemaType) &&
    type !== 'array' &&
    type !== 'object'
  )
    return document.read({ node: merged, path })
  return document.refuse(
    path,
    'joins schemas that are no objects, and not of one simple type, by allOf; write them as one',
  )
}
