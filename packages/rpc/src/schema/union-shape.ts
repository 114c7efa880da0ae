import { step } from '../json/json-pointer.js'
import {
  jsonKind,
  own,
  resolve,
  type Kind,
  type Literal,
  type PlainSchema,
  type PlainTypes,
  type TypeName,
} from './plain-schema.js'

// What a union is made of, and how its branches are distinguished: read once, for checks, conversion, comparison and code.

/** A branch of a union, or of a union inside it. */
export interface UnionLeaf {
  /** As it is written, perhaps a reference. */
  schema: PlainSchema
  /** What a reference leads to, or the schema itself. */
  plain: PlainSchema
  /** The type in which it is written, if that is another than the union itself. */
  type: string | undefined
  /** Where it is written: a JSON Pointer below that type, or below the union. */
  path: string
}

/** How a value of one kind is distinguished from the others of a union. */
export type UnionChoice = { leaves: readonly UnionLeaf[] } & (
  | { /** One branch has this kind. */ by: 'kind'; branch: PlainSchema }
  | { /** Every branch of this kind is a literal or an enum. */ by: 'value'; values: Literal[] }
  | {
      /** Objects with a member that is a different constant in each branch. */
      by: 'tag'
      tag: string
      branches: Map<Literal, PlainSchema>
    }
  | { /** Nothing distinguishes them: each is tried. */ by: 'trial'; branches: PlainSchema[] }
)

export interface UnionShape {
  /** Each branch once; two references to one type are one. */
  leaves: readonly UnionLeaf[]
  /** The kinds a value may have, in the union's order: what a message says. */
  kinds: TypeName[]
  /** How a branch is chosen for each kind. */
  choices: Map<Kind, UnionChoice>
  /** One branch accepts every JSON value. */
  any: boolean
}

const shapes = new WeakMap<PlainSchema, { types: PlainTypes; shape: UnionShape }>()

/** The shape of a union; worked out once. */
export function unionShape(union: PlainSchema, types: PlainTypes): UnionShape {
  const known = shapes.get(union)
  if (known?.types === types) return known.shape
  const shape = analyse(leavesOf(union, types), types)
  shapes.set(union, { types, shape })
  return shape
}

function leavesOf(union: PlainSchema, types: PlainTypes): UnionLeaf[] {
  const leaves = new Map<PlainSchema, UnionLeaf>()
  // A union that is reached twice adds nothing the second time.
  const seen = new Set<PlainSchema>()
  const add = (within: PlainSchema, at: Pick<UnionLeaf, 'type' | 'path'>): void => {
    if (seen.has(within)) return
    seen.add(within)
    for (const [i, schema] of (within.anyOf ?? []).entries()) {
      const { plain, name } = follow(schema, types)
      const path = `${at.path}${step('anyOf')}${step(i)}`
      if (isPlainUnion(plain))
        add(plain, name === undefined ? { type: at.type, path } : { type: name, path: '' })
      else if (!leaves.has(plain)) leaves.set(plain, { schema, plain, type: at.type, path })
    }
  }
  add(union, { type: undefined, path: '' })
  return [...leaves.values()]
}

/** What a reference leads to, and the name it has there. */
function follow(schema: PlainSchema, types: PlainTypes): { plain: PlainSchema; name: string | undefined } {
  const inner = schema.$ref === undefined ? undefined : own(types, schema.$ref)
  if (inner?.$ref !== undefined) return follow(inner, types)
  return { plain: resolve(schema, types), name: schema.$ref }
}

/** An open union inside another stays one: its openness is its own. So is the order in which another one is tried. */
const isPlainUnion = (schema: PlainSchema): boolean =>
  schema.anyOf !== undefined &&
  schema['x-open'] !== true &&
  schema['x-first-match'] !== true &&
  schema['~refine'] === undefined

function analyse(leaves: readonly UnionLeaf[], types: PlainTypes): UnionShape {
  const names = new Set<TypeName>()
  const groups = new Map<Kind, Set<UnionLeaf>>()
  let any = false
  for (const leaf of leaves) {
    const kinds = typeNamesOf(leaf.plain, types)
    if (kinds === undefined) any = true
    for (const name of kinds ?? []) {
      names.add(name)
      const kind = name === 'integer' ? 'number' : name
      groups.set(kind, (groups.get(kind) ?? new Set()).add(leaf))
    }
  }
  return {
    leaves,
    kinds: [...names],
    choices: new Map([...groups].map(([kind, group]) => [kind, choose([...group], types)])),
    any,
  }
}

/** The kinds of value that a schema can accept; undefined: any. */
export const typeNamesOf = (schema: PlainSchema, types: PlainTypes): TypeName[] | undefined =>
  namesOf(schema, types, new Set())

/** `seen` are parts of intersections that say nothing of the kind. */
function namesOf(schema: PlainSchema, types: PlainTypes, seen: Set<PlainSchema>): TypeName[] | undefined {
  const plain = resolve(schema, types)
  if (seen.has(plain)) return undefined
  if (plain.type !== undefined) return [plain.type]
  if (plain.const !== undefined) return [jsonKind(plain.const) ?? 'null']
  if (plain.enum !== undefined) return [...new Set(plain.enum.map(value => jsonKind(value) ?? 'null'))]
  if (plain.anyOf !== undefined) {
    const { kinds, any } = unionShape(plain, types)
    return any ? undefined : kinds
  }
  for (const part of plain.allOf ?? []) {
    const kinds = namesOf(part, types, seen)
    if (kinds !== undefined) return kinds
  }
  seen.add(plain)
  return undefined
}

function choose(leaves: readonly UnionLeaf[], types: PlainTypes): UnionChoice {
  const group = leaves.map(({ plain }) => plain)
  const [first] = group
  if (first !== undefined && group.length === 1) return { by: 'kind', branch: first, leaves }
  const values = group.map(valuesOf)
  if (values.every(list => list !== undefined))
    return { by: 'value', values: [...new Set(values.flat())], leaves }
  for (const tag of first?.required ?? []) {
    const branches = byTag(group, tag, types)
    if (branches !== undefined) return { by: 'tag', tag, branches, leaves }
  }
  return { by: 'trial', branches: group, leaves }
}

/** The values of a schema that is nothing but a list of them. */
export function valuesOf(schema: PlainSchema): Literal[] | undefined {
  if (schema['~refine'] !== undefined || schema['x-open'] === true) return undefined
  return schema.const !== undefined ? [schema.const] : schema.enum
}

function byTag(
  group: readonly PlainSchema[],
  tag: string,
  types: PlainTypes,
): Map<Literal, PlainSchema> | undefined {
  const branches = new Map<Literal, PlainSchema>()
  for (const branch of group) {
    const member = own(branch.properties, tag)
    if (member === undefined || branch.required?.includes(tag) !== true) return undefined
    const value = resolve(member, types).const
    if (value === undefined || branches.has(value)) return undefined
    branches.set(value, branch)
  }
  return branches
}
