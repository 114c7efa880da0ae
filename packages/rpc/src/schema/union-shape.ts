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

/** How a value of one kind is told from the others of a union. */
export type Choice =
  /** One branch has this kind. */
  | { by: 'kind'; branch: PlainSchema }
  /** Every branch of this kind is a literal or an enum. */
  | { by: 'value'; values: Literal[] }
  /** Objects with a member that is a different constant in each branch. */
  | { by: 'tag'; tag: string; branches: Map<Literal, PlainSchema> }
  /** Nothing tells them apart: each is tried. */
  | { by: 'trial'; branches: PlainSchema[] }

export interface UnionShape {
  /** The kinds a value may have, in the union's order: what a message says. */
  kinds: TypeName[]
  /** How a branch is chosen for each kind. */
  choices: Map<Kind, Choice>
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

/** The branches of a union, those of unions inside it too. An open union inside stays one: its openness is its own. */
function leavesOf(union: PlainSchema, types: PlainTypes): PlainSchema[] {
  return (union.anyOf ?? []).flatMap(branch => {
    const plain = resolve(branch, types)
    const inner = plain.anyOf !== undefined && plain['x-open'] !== true && plain['~refine'] === undefined
    return inner ? leavesOf(plain, types) : [plain]
  })
}

function analyse(leaves: readonly PlainSchema[], types: PlainTypes): UnionShape {
  const names = new Set<TypeName>()
  const groups = new Map<Kind, PlainSchema[]>()
  let any = false
  for (const leaf of leaves) {
    const kinds = typeNamesOf(leaf, types)
    if (kinds === undefined) any = true
    for (const name of kinds ?? []) {
      names.add(name)
      const kind = name === 'integer' ? 'number' : name
      const group = groups.get(kind)
      if (group === undefined) groups.set(kind, [leaf])
      else if (!group.includes(leaf)) group.push(leaf)
    }
  }
  return {
    kinds: [...names],
    choices: new Map([...groups].map(([kind, group]) => [kind, choose(group, types)])),
    any,
  }
}

/** The kinds of value that a schema can accept; undefined: any. */
export function typeNamesOf(schema: PlainSchema, types: PlainTypes): TypeName[] | undefined {
  const plain = resolve(schema, types)
  if (plain.type !== undefined) return [plain.type]
  if (plain.const !== undefined) return [jsonKind(plain.const) ?? 'null']
  if (plain.enum !== undefined) return [...new Set(plain.enum.map(value => jsonKind(value) ?? 'null'))]
  if (plain.anyOf !== undefined) {
    const { kinds, any } = unionShape(plain, types)
    return any ? undefined : kinds
  }
  for (const part of plain.allOf ?? []) {
    const kinds = typeNamesOf(part, types)
    if (kinds !== undefined) return kinds
  }
  return undefined
}

function choose(group: readonly PlainSchema[], types: PlainTypes): Choice {
  const [first] = group
  if (first !== undefined && group.length === 1) return { by: 'kind', branch: first }
  const values = group.map(valuesOf)
  if (values.every(list => list !== undefined)) return { by: 'value', values: [...new Set(values.flat())] }
  for (const tag of first?.required ?? []) {
    const branches = byTag(group, tag, types)
    if (branches !== undefined) return { by: 'tag', tag, branches }
  }
  return { by: 'trial', branches: [...group] }
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
