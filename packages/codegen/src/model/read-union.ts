import { typeNamesOf, unionShape, valuesOf, type UnionChoice } from '@simple-ipc/rpc'
import type { Refusal } from '../contract/codegen-error.js'
import { step, type SchemaJson } from '../contract/contract-json.js'
import type { EnumShape, Kind, LiteralValue, TypeRef, UnionBranch, UnionShape } from './model.js'
import { kindOfLiteral } from './schema-facts.js'
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

interface Union {
  path: string
  id: string
  open: boolean
  /** Where nothing distinguishes branches, the first one that fits is meant. */
  firstMatch: boolean
}

/**
 * The shape of a union: a list of values, or branches distinguished by their kind or by a tag, as rpc's checks see it.
 * Undefined if it is not a union at all: one type, perhaps or null; or anything. What cannot be distinguished is refused
 * by languages that must choose, unless the contract asks for the first branch that fits.
 */
export function readUnion(
  reader: SchemaReader,
  schema: SchemaJson,
  path: string,
  id: string,
): EnumShape | UnionShape | undefined {
  const { leaves, kinds, choices, any } = unionShape(schema, reader.schemas)
  const open = schema['x-open'] === true
  if (any || (!open && solidBranches(schema, reader).length < 2)) return undefined
  const values = leaves.map(({ plain }) => valuesOf(plain))
  if (values.every(list => list !== undefined)) {
    const all = [...new Set(values.flat())]
    // An open list may begin with a single value: others may come.
    if (all.length > 1 || open) return { kind: 'enum', values: all, kinds, open, byKind: kinds.length > 1 }
  }
  const branches = [...choices].map(([kind, choice]) =>
    branchOf(reader, kind, choice, { path, id, open, firstMatch: schema['x-first-match'] === true }),
  )
  return { kind: 'union', kinds, branches }
}

/** The branches, as they are written, that are something else than null. One alone needs no type beside its own. */
export const solidBranches = (
  schema: SchemaJson,
  reader: SchemaReader,
): { leaf: SchemaJson; index: number }[] =>
  (schema.anyOf ?? [])
    .map((leaf, index) => ({ leaf, index }))
    .filter(({ leaf }) => reader.resolve(leaf).type !== 'null')

function branchOf(reader: SchemaReader, kind: JsonKind, choice: UnionChoice, union: Union): UnionBranch {
  const group = choice.leaves.map((leaf): Leaf => ({
    ...leaf,
    path: (leaf.type === undefined ? union.path : step('/types', leaf.type)) + leaf.path,
    owner: leaf.type ?? union.id,
  }))
  const [first, second] = group
  const nothing: UnionBranch = { by: 'kind', kind, type: { kind: 'any' } }
  if (first === undefined) return nothing
  // Whatever accepts null accepts all there is of it.
  if (kind === 'null') return { by: 'kind', kind, type: { kind } }
  const values = choice.by === 'value' ? choice.values : union.open ? valuesOf(first.plain) : undefined
  if (values !== undefined && (second === undefined || choice.by === 'value')) {
    const listed: SchemaJson = union.open
      ? { enum: values.filter(value => kindOfLiteral(value) === kind), 'x-open': true }
      : { enum: values }
    return { by: 'kind', kind, type: reader.typeRef(listed, `${union.path}/anyOf`, `${union.id} ${kind}`) }
  }
  if (second === undefined) {
    const part = openPart(reader, first, kind) ?? first.schema
    return { by: 'kind', kind, type: reader.typeRef(part, first.path, `${first.owner} ${kind}`) }
  }
  if (choice.by === 'tag') {
    const variants = [...choice.branches.keys()].map((value, i) => ({
      value,
      type: variant(reader, group[i] ?? first, value),
    }))
    const tagKinds = [...new Set(variants.map(({ value }) => kindOfLiteral(value)))]
    return { by: 'tag', tag: choice.tag, tagKinds, open: union.open, variants }
  }
  return {
    by: 'trial',
    kind,
    variants: group.map(({ schema, path, owner }, i) =>
      reader.namedRef(schema, path, `${owner} ${kind} ${i + 1}`),
    ),
    refusal: union.firstMatch ? undefined : indistinct(first, second, kind, union),
  }
}

const indistinct = (first: Leaf, second: Leaf, kind: JsonKind, union: Union): Refusal => ({
  path: second.path,
  message:
    `cannot be distinguished from ${first.path}: both are ${kind === 'array' || kind === 'object' ? 'an' : 'a'} ${kind}; ` +
    (kind === 'object'
      ? 'give each of them a required member with a Type.Literal of its own, such as kind'
      : 'wrap them in objects with a Type.Literal each, or use one type for both') +
    ", or ask for the first that fits: Type.Union([…], { 'x-first-match': true })",
  whole: union.path,
})

/** What an open list of values of several kinds, without a name of its own, has of one kind. */
function openPart(reader: SchemaReader, { schema }: Leaf, kind: JsonKind): SchemaJson | undefined {
  const { 'x-open': open, ...closed } = schema
  if (open !== true || schema.title !== undefined) return undefined
  if ((typeNamesOf(schema, reader.schemas) ?? []).length < 2) return undefined
  const listed =
    closed.anyOf === undefined
      ? [closed]
      : unionShape(closed, reader.schemas).leaves.map(({ plain }) => plain)
  const values = listed.map(valuesOf)
  if (!values.every(list => list !== undefined)) return undefined
  return { enum: values.flat().filter(value => kindOfLiteral(value) === kind), 'x-open': true }
}

function variant(reader: SchemaReader, leaf: Leaf, tag: LiteralValue): TypeRef & { kind: 'named' } {
  const words = `${leaf.owner} ${String(tag)}`
  const type = reader.typeRef(leaf.schema, leaf.path, words)
  return type.kind === 'named' ? type : { kind: 'named', id: words }
}
