import type { PlainSchema } from '@simple-ipc/rpc'
import { step } from '../../contract/contract-json.js'
import { checkKeywords } from './check-keywords.js'
import { bare, general } from './json-schema-keywords.js'
import { mergeSchemas } from './merge-schemas.js'
import { isNode, type Node, type Place, type SchemaDocument } from './schema-document.js'

export function either(branches: readonly PlainSchema[]): PlainSchema {
  const [only = {}, ...more] = branches
  return more.length === 0 ? only : { anyOf: [...branches] }
}

/** A schema made of others by allOf, anyOf or oneOf. */
export function compose(node: Node, path: string, document: SchemaDocument): PlainSchema {
  const said = bare(node)
  const keys = ['allOf', 'anyOf', 'oneOf'].filter(key => said[key] !== undefined)
  const [key = '', other] = keys
  if (other !== undefined && key !== 'allOf')
    return document.refuse(step(path, other), `stands beside ${key}; put one into the other`)
  const parts = keys.map(each => said[each])
  if (parts.some(list => !Array.isArray(list) || list.length === 0))
    return document.refuse(step(path, key), 'must list at least one schema')
  const rest = Object.fromEntries(Object.entries(said).filter(([each]) => !keys.includes(each)))
  const places = (name: string): Place[] =>
    ((said[name] ?? []) as unknown[]).map((part, i) => ({ node: part, path: step(path, name, i) }))
  if (key !== 'allOf') {
    const made = union(key, places(key), rest, path, document)
    // One branch to which others may come is not that branch.
    return node['x-open'] === true && made.anyOf === undefined ? { anyOf: [made] } : made
  }
  // A contract joined them by Type.Intersect, and its hash says so.
  if (document.isOwn) return { allOf: places('allOf').map(place => document.read(place)) }
  // The keywords next to allOf apply as well.
  const beside = other === undefined ? rest : { ...rest, [other]: said[other] }
  const own = Object.keys(beside).length === 0 ? [] : [{ node: beside, path }]
  return joined([...own, ...places('allOf')], path, document)
}

function joined(all: readonly Place[], path: string, document: SchemaDocument): PlainSchema {
  return document.joining(path, all.length, () => joinedParts(all, path, document))
}

function joinedParts(all: readonly Place[], path: string, document: SchemaDocument): PlainSchema {
  const parts = all.filter(
    ({ node }) => node !== true && !(isNode(node) && Object.keys(bare(node)).length === 0),
  )
  for (const part of parts) if (isNode(part.node)) checkKeywords(part.node, part.path, document)
  const [only, ...more] = parts
  if (only === undefined) return {}
  if (more.length === 0) return document.read(only)
  const unions = parts.filter(part => unionOf(part, document) !== undefined)
  const [first, second] = unions
  if (first === undefined) return mergeSchemas(parts, path, document, joined)
  if (second !== undefined)
    return document.refuse(
      second.path,
      `is a second union in one allOf, beside ${first.path}; multiply them out`,
    )
  // What holds beside a union holds for each of its branches.
  const others = parts.filter(part => part !== first)
  const { key, places } = unionOf(first, document) ?? { key: 'anyOf', places: [] }
  const branches = places.map(branch => joined([...others, branch], branch.path, document))
  return either(exclusive(key, branches, path, document))
}

/** The branches of a schema that is a union and nothing else, by a reference or as it stands. */
function unionOf(
  { node, path }: Place,
  document: SchemaDocument,
  seen: readonly string[] = [],
): { key: string; places: Place[] } | undefined {
  if (!isNode(node)) return undefined
  const said = bare(node)
  if (said['$ref'] !== undefined) {
    const pointer = document.resolve(said['$ref'], path)
    if (pointer === undefined || seen.includes(pointer)) return undefined
    return unionOf({ node: document.find(pointer), path: pointer }, document, [...seen, pointer])
  }
  const key = ['anyOf', 'oneOf'].find(name => Array.isArray(said[name]))
  if (key === undefined || Object.keys(said).length > 1) return undefined
  return {
    key,
    places: (said[key] as unknown[]).map((part, i) => ({ node: part, path: step(path, key, i) })),
  }
}

function union(
  key: string,
  places: readonly Place[],
  rest: Node,
  path: string,
  document: SchemaDocument,
): PlainSchema {
  const { type, ...more } = rest
  const isPart = places.some(({ node }) => isNode(node) && !general.some(each => node[each] !== undefined))
  if (Object.keys(more).length > 0 || (type !== undefined && isPart)) {
    // The same members in each branch.
    const branches = places.map(place => joined([{ node: rest, path }, place], place.path, document))
    return either(exclusive(key, branches, path, document))
  }
  const branches = exclusive(
    key,
    places.map(place => document.read(place)),
    path,
    document,
  )
  const types = type === undefined ? undefined : [type].flat()
  for (const [i, branch] of branches.entries())
    if (
      types !== undefined &&
      !typesOf(branch, document).every(
        name => types.includes(name) || (name === 'integer' && types.includes('number')),
      )
    )
      document.refuse(
        step(path, key, i),
        'accepts more types than the type beside it; leave that out, or write it in each branch',
      )
  return either(branches)
}

/** Two branches of oneOf that both list a value would refuse it; other overlaps the generator refuses anyway. */
function exclusive(
  key: string,
  branches: PlainSchema[],
  path: string,
  document: SchemaDocument,
): PlainSchema[] {
  if (key !== 'oneOf') return branches
  const seen = new Map<unknown, number>()
  for (const [i, branch] of branches.entries()) {
    for (const value of valuesOf(branch, document)) {
      const other = seen.get(value)
      if (other !== undefined)
        document.refuse(
          step(path, key, i),
          `lists ${JSON.stringify(value)} like ${step(path, key, other)}, so oneOf forbids it; keep it in one of them`,
        )
      seen.set(value, i)
    }
  }
  return branches
}

/** Those that a schema lists, and null. */
function valuesOf(schema: PlainSchema, document: SchemaDocument): readonly unknown[] {
  if (schema.const !== undefined) return [schema.const]
  return schema.enum ?? (typesOf(schema, document).includes('null') ? [null] : [])
}

function typesOf(schema: PlainSchema, document: SchemaDocument, seen = new Set<string>()): string[] {
  if (schema.$ref !== undefined) {
    if (seen.has(schema.$ref)) return []
    return typesOf(document.types()[schema.$ref] ?? {}, document, seen.add(schema.$ref))
  }
  if (schema.anyOf !== undefined) return schema.anyOf.flatMap(branch => typesOf(branch, document, seen))
  if (schema.type !== undefined) return [schema.type]
  return (schema.enum ?? []).map(value => (value === null ? 'null' : typeof value))
}
