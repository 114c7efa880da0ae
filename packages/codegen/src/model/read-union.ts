import { own, step, type SchemaJson } from '../contract/contract-json.js'
import type { EnumShape, Kind, LiteralValue, TypeRef, UnionBranch, UnionShape } from './model.js'
import { isAny, kindOfLiteral } from './schema-facts.js'
import type { SchemaReader } from './schema-reader.js'

interface Leaf {
  /** As written, perhaps a reference. */
  schema: SchemaJson
  plain: SchemaJson
  path: string
  /** The union in which it is written: that one's name begins the name of a branch without one. */
  owner: string
}
type JsonKind = Exclude<Kind, 'integer'>

/**
 * The shape of a union: a list of values, or branches told apart by their kind or by a tag. Undefined if it is no
 * union at all: one type, perhaps or null; or anything. What cannot be told apart is refused: nothing is ever tried.
 */
export function readUnion(
  reader: SchemaReader,
  schema: SchemaJson,
  path: string,
  id: string,
): EnumShape | UnionShape | undefined {
  const leaves = leavesOf(reader, schema, path, id)
  const open = schema['x-open'] === true
  if (leaves.some(leaf => isAny(leaf.plain))) return undefined
  const kinds = [...new Set(leaves.flatMap(leaf => kindsOf(reader, leaf.plain)))]
  const values = leaves.map(leaf => valuesOf(leaf.plain))
  if (values.every(list => list !== undefined)) {
    const all = [...new Set(values.flat())]
    // An open list may begin with a single value: others may come.
    if (all.length > 1 || open) return { kind: 'enum', values: all, kinds, open, byKind: kinds.length > 1 }
  }
  const solid = leaves.filter(leaf => leaf.plain.type !== 'null')
  if (solid.length < 2 && !open) return undefined
  const branches = [...byKind(reader, leaves)].map(([kind, group]) =>
    branchOf(reader, kind, group, { path, id, open }),
  )
  return { kind: 'union', kinds, branches }
}

/** The branches, those of unions inside it too. An open union inside stays one: its openness is its own. */
function leavesOf(reader: SchemaReader, union: SchemaJson, path: string, owner: string): Leaf[] {
  return (union.anyOf ?? []).flatMap((schema, i) => {
    const at = step(path, 'anyOf', i)
    const plain = reader.resolve(schema)
    if (plain.anyOf === undefined || plain['x-open'] === true) return [{ schema, plain, path: at, owner }]
    const name = reader.nameOf(schema)
    return name === undefined
      ? leavesOf(reader, plain, at, owner)
      : leavesOf(reader, plain, step('/types', name), name)
  })
}

function byKind(reader: SchemaReader, leaves: readonly Leaf[]): Map<JsonKind, Leaf[]> {
  const groups = new Map<JsonKind, Leaf[]>()
  for (const leaf of leaves)
    for (const name of kindsOf(reader, leaf.plain)) {
      const kind = name === 'integer' ? 'number' : name
      const group = groups.get(kind)
      if (group === undefined) groups.set(kind, [leaf])
      else if (!group.includes(leaf)) group.push(leaf)
    }
  return groups
}

/** The kinds of value that a schema accepts. */
export function kindsOf(reader: SchemaReader, schema: SchemaJson): Kind[] {
  const plain = reader.resolve(schema)
  if (plain.type !== undefined) return [plain.type]
  if (plain.const !== undefined) return [kindOfLiteral(plain.const)]
  if (plain.enum !== undefined) return [...new Set(plain.enum.map(kindOfLiteral))]
  return plain.allOf === undefined
    ? leavesOf(reader, plain, '', '').flatMap(leaf => kindsOf(reader, leaf.plain))
    : ['object']
}

const valuesOf = (plain: SchemaJson): readonly LiteralValue[] | undefined => {
  if (plain['x-open'] === true) return undefined
  return plain.const === undefined ? plain.enum : [plain.const]
}

function branchOf(
  reader: SchemaReader,
  kind: JsonKind,
  group: readonly Leaf[],
  union: { path: string; id: string; open: boolean },
): UnionBranch {
  const [first, second] = group
  const nothing: UnionBranch = { by: 'kind', kind, type: { kind: 'any' } }
  if (first === undefined) return nothing
  // Whatever accepts null accepts all there is of it.
  if (kind === 'null') return { by: 'kind', kind, type: { kind } }
  const values = group.map(leaf => valuesOf(leaf.plain))
  const areValues = values.every(list => list !== undefined)
  if (areValues && (second !== undefined || union.open)) {
    const all = [...new Set(values.flat())]
    const listed: SchemaJson = union.open
      ? { enum: all.filter(value => kindOfLiteral(value) === kind), 'x-open': true }
      : { enum: all }
    return { by: 'kind', kind, type: reader.typeRef(listed, `${union.path}/anyOf`, `${union.id} ${kind}`) }
  }
  if (second === undefined) {
    const part = openPart(reader, first, kind) ?? first.schema
    return { by: 'kind', kind, type: reader.typeRef(part, first.path, `${first.owner} ${kind}`) }
  }
  for (const tag of first.plain.required ?? []) {
    const tags = group.map(leaf => tagOf(reader, leaf, tag))
    if (tags.some(value => value === undefined) || new Set(tags).size < tags.length) continue
    const variants = group.map((leaf, i) => ({
      value: tags[i] as LiteralValue,
      type: variant(reader, leaf, `${leaf.owner} ${String(tags[i])}`),
    }))
    const tagKinds = [...new Set(variants.map(({ value }) => kindOfLiteral(value)))]
    return { by: 'tag', tag, tagKinds, open: union.open, variants }
  }
  reader.refuse(
    second.path,
    `cannot be told from ${first.path}: both are ${kind === 'array' || kind === 'object' ? 'an' : 'a'} ${kind}; ` +
      (kind === 'object'
        ? 'give each of them a required member with a Type.Literal of its own, such as kind'
        : 'wrap them in objects with a Type.Literal each, or use one type for both'),
    union.path,
  )
  return nothing
}

/** What an open list of values of several kinds, without a name of its own, has of one kind. */
function openPart(
  reader: SchemaReader,
  { schema, path, owner }: Leaf,
  kind: JsonKind,
): SchemaJson | undefined {
  if (schema['x-open'] !== true || schema.title !== undefined || kindsOf(reader, schema).length < 2)
    return undefined
  const values = schema.enum ?? leavesOf(reader, schema, path, owner).flatMap(leaf => valuesOf(leaf.plain))
  const isList = values.every(value => value !== undefined)
  return isList ? { enum: values.filter(value => kindOfLiteral(value) === kind), 'x-open': true } : undefined
}

function tagOf(reader: SchemaReader, leaf: Leaf, tag: string): LiteralValue | undefined {
  const member = own(leaf.plain.properties, tag)
  if (member === undefined || leaf.plain.required?.includes(tag) !== true) return undefined
  return reader.resolve(member).const
}

function variant(reader: SchemaReader, leaf: Leaf, words: string): TypeRef & { kind: 'named' } {
  const type = reader.typeRef(leaf.schema, leaf.path, words)
  return type.kind === 'named' ? type : { kind: 'named', id: words }
}
