import { checkValue, type PlainSchema } from '@simple-ipc/rpc'
import { step } from '../../contract/contract-json.js'
import { keywordsOf, typeNames, type SchemaType } from './json-schema-keywords.js'
import { eitherOf } from './either-of.js'
import { mergeArrays } from './merge-arrays.js'
import { mergeNumbers } from './merge-numbers.js'
import { mergeObjects } from './merge-objects.js'
import { mergeTexts } from './merge-texts.js'
import { sameJson, type Part, type Place, type Read } from './places.js'
import type { SchemaDocument } from './schema-document.js'

/** Joins what several parts say of one member or element. */
export type Join = (places: readonly Place[], path: string, document: SchemaDocument) => Read

/** What is merged, and how what is inside is joined. */
export interface Merging {
  parts: readonly Part[]
  /** Where all of them are asked to hold. */
  path: string
  document: SchemaDocument
  join: Join
  /** The path of the one schema that all parts come from, if there is one. */
  whole?: string | undefined
}

/** Several schemas that a value must all fit, as one; none of them is composed of others. Undefined if nothing fits. */
export function mergeParts(
  parts: readonly Part[],
  path: string,
  document: SchemaDocument,
  join: Join,
  whole?: string,
): Read {
  const merging: Merging = { parts, path, document, join, whole }
  if (refuseWrongTypes(parts, document)) return {}
  const types = commonTypes(parts) ?? meantTypes(parts, document)
  if (parts.some(isList)) return mergedLists(merging, types)
  if (types === undefined) return untyped(parts, document)
  const branches = types.flatMap(type => ofType(type, merging) ?? [])
  // Each is another kind: nothing overlaps.
  return eitherOf(branches, false)
}

function ofType(type: SchemaType, merging: Merging): Read {
  switch (type) {
    case 'integer':
    case 'number':
      return mergeNumbers(type, merging)
    case 'string':
      return mergeTexts(merging)
    case 'array':
      return mergeArrays(merging)
    case 'object':
      return mergeObjects(merging)
    default:
      return { type }
  }
}

// ---- types ---------------------------------------------------------------------------------------------------------

/** The types that all parts allow; undefined if none of them says anything of the type. */
function commonTypes(parts: readonly Part[]): SchemaType[] | undefined {
  let common: SchemaType[] | undefined
  for (const { node } of parts) {
    if (node['type'] === undefined) continue
    const types = listOf(node['type'])
    // Integers are numbers.
    const mine = types.filter(type => type !== 'integer' || !types.includes('number'))
    common = common === undefined ? mine : common.flatMap(type => narrowed(type, mine))
  }
  return common
}

const listOf = (type: unknown): SchemaType[] => [...new Set([type].flat())] as SchemaType[]

function refuseWrongTypes(parts: readonly Part[], document: SchemaDocument): boolean {
  let isWrong = false
  for (const { node, path } of parts) {
    if (node['type'] === undefined) continue
    const types = listOf(node['type'])
    const wrong = types.filter(type => !typeNames.includes(type))
    for (const type of wrong)
      document.refuse(
        step(path, 'type'),
        `is ${JSON.stringify(type)}; expected one of ${typeNames.join(', ')}`,
      )
    if (types.length === 0) document.refuse(step(path, 'type'), 'must list at least one type')
    isWrong ||= wrong.length > 0 || types.length === 0
  }
  return isWrong
}

function narrowed(type: SchemaType, others: readonly SchemaType[]): SchemaType[] {
  if (others.includes(type)) return [type]
  const isNumber =
    (type === 'integer' && others.includes('number')) || (type === 'number' && others.includes('integer'))
  return isNumber ? ['integer'] : []
}

function untyped(parts: readonly Part[], document: SchemaDocument): PlainSchema {
  for (const part of parts)
    for (const [key, type] of typedKeywords(part)) {
      document.refuse(
        step(part.path, key),
        `says something about one type and lets every other through; add "type": "${type}", or an exception "typed"`,
      )
      break
    }
  return {}
}

/** The type that keywords are about, where an exception says that it is meant. */
function meantTypes(parts: readonly Part[], document: SchemaDocument): SchemaType[] | undefined {
  for (const part of parts)
    for (const [key, type] of typedKeywords(part))
      if (document.asks(step(part.path, key), 'typed')) return [type]
  return undefined
}

/** The keywords that say something about one type, with that type. */
const typedKeywords = ({ node }: Part): [string, SchemaType][] =>
  Object.keys(node).flatMap((key): [string, SchemaType][] => {
    const type = (['string', ...typeNames] as const).find(name => keywordsOf[name].includes(key))
    return type === undefined ? [] : [[key, type]]
  })

// ---- lists of values -----------------------------------------------------------------------------------------------

const isList = ({ node }: Part): boolean => Object.hasOwn(node, 'const') || node['enum'] !== undefined

/** The values that all lists have, and everything else lets through. */
function mergedLists(merging: Merging, types: readonly SchemaType[] | undefined): Read {
  const { parts, path, document } = merging
  const lists = parts.flatMap(part => listsOf(part, document))
  const [first = [], ...more] = lists
  const listed = unique(first)
  const common = listed.filter(value => more.every(list => list.some(other => sameJson(other, value))))
  const fitting = common.filter(value => types === undefined || types.some(type => isOf(value, type)))
  if (fitting.some(value => typeof value === 'object' && value !== null))
    return document.refuse(
      step(path, Object.hasOwn(parts.find(isList)?.node ?? {}, 'const') ? 'const' : 'enum'),
      'holds objects or arrays; only texts, numbers, true, false and null can be listed',
    )
  const values = fitting.filter(value => isAllowed(value, merging))
  if (parts.length === 1)
    for (const value of listed)
      if (!values.includes(value))
        document.note(
          step(parts[0]?.path ?? path, 'enum'),
          `holds ${JSON.stringify(value)}, which what stands beside it forbids; it is left out`,
        )
  if (values.length === 0) return undefined
  if (values.every(value => value === null)) return { type: 'null' }
  const isConstant =
    values.length === 1 && (!document.isOwn || parts.some(({ node }) => Object.hasOwn(node, 'const')))
  if (isConstant) return literal(values[0] as string)
  const isWhole = values.every(value => Number.isSafeInteger(value))
  return { ...(isWhole ? { type: 'integer' } : {}), enum: values as string[] }
}

function listsOf({ node, path }: Part, document: SchemaDocument): unknown[][] {
  const { enum: values } = node
  const lists: unknown[][] = Object.hasOwn(node, 'const') ? [[node['const']]] : []
  if (Array.isArray(values) && values.length > 0) lists.push(values)
  else if (values !== undefined) document.refuse(step(path, 'enum'), 'must list at least one value')
  return lists
}

const unique = (values: readonly unknown[]): unknown[] =>
  values.filter((value, i) => values.findIndex(other => sameJson(other, value)) === i)

function isOf(value: unknown, type: SchemaType): boolean {
  if (type === 'integer') return Number.isInteger(value)
  if (value === null) return type === 'null'
  if (typeof value === 'object') return type === (Array.isArray(value) ? 'array' : 'object')
  return typeof value === type
}

function isAllowed(value: unknown, merging: Merging): boolean {
  const kind = value === null ? 'null' : typeof value
  if (kind !== 'string' && kind !== 'number') return true
  const schema = ofType(kind, merging)
  return schema !== undefined && checkValue(schema, {}, value) === undefined
}

const literal = (value: string | number | boolean): PlainSchema => ({
  type: typeof value as 'string' | 'number' | 'boolean',
  const: value,
})
