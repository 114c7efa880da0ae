import { didYouMean } from '@simple-ipc/worker'

import { isWellFormed } from '../json/json-value.js'
import { mapRecord } from '../json/map-record.js'
import { patternFault } from '../schema/pattern.js'
import type { PlainSchema, PlainTypes, TypeName } from '../schema/plain-schema.js'
import { checkKeywordValues } from './check-keywords.js'
import { below, fault, isSource, type At, type Source } from './read-context.js'
import { annotations, keywordsOf, noSuchKeyword, noSuchType } from './schema-keywords.js'
import { checkOldTypeBox, isOfOldTypeBox } from './old-typebox.js'
import { concernsUnions } from './union-faults.js'

const deepest = 100

/**
 * Reads a schema of TypeBox into a plain one, and reports what the protocol cannot carry: what JSON does not have, and
 * what cannot be checked in the same way in every language.
 */
export function readSchema(source: unknown, at: At, mayBeOptional = false): PlainSchema {
  if (!isSource(source)) {
    fault(at, 'is not a schema: use Type.… of @simple-ipc/rpc')
    return {}
  }
  if (at.depth > deepest) {
    const path = `${at.path.slice(0, 80)}…`
    at.reading.faults.push({ path, message: 'is nested endlessly: let a type refer to itself by Type.Ref' })
    return {}
  }
  if (!mayBeOptional && Object.hasOwn(source, '~optional'))
    fault(
      at,
      'is marked Type.Optional, which is for members of objects; for a value that may be null use Type.Union([…, Type.Null()])',
    )
  if (isOfOldTypeBox(source) && !checkOldTypeBox(source, at, mayBeOptional)) return {}
  const plain = readShape(source, at)
  for (const key of Object.keys(source)) if (isAnnotation(key)) (plain as Source)[key] = source[key]
  for (const key of ['~refine', '~convert'] as const)
    if (source[key] !== undefined) Object.defineProperty(plain, key, { value: source[key] })
  if (concernsUnions(plain)) at.reading.unions.push({ schema: plain, at })
  return plain
}

function readShape(source: Source, at: At): PlainSchema {
  if (source['$ref'] !== undefined) return readRef(source, at)
  if (source['anyOf'] !== undefined) return readParts(source, 'anyOf', at)
  if (source['allOf'] !== undefined) return readParts(source, 'allOf', at)
  if (source['type'] !== undefined) return readTyped(source, at)
  allow(source, ['const', 'enum'], at)
  if (source['const'] === undefined && source['enum'] === undefined && !isMade(source))
    fault(at, 'has no type: use Type.Object, or Type.Unknown() for any value')
  return checkKeywordValues({ ...pick(source, ['const', 'enum']) }, at)
}

/** Was it made by TypeBox, so that it means what it says? `{}` may be any value, or a forgotten `Type.Object`. */
const isMade = (source: Source): boolean =>
  source['~kind'] !== undefined || Object.hasOwn(source, '~unsafe') || isOfOldTypeBox(source)

const isAnnotation = (key: string): boolean => key.startsWith('x-') || annotations.includes(key)

/** Every keyword must have a meaning here: a misspelt one would silently check nothing. */
function allow(source: Source, keywords: readonly string[], at: At): void {
  for (const key of Object.keys(source)) {
    const known = key === 'type' || keywords.includes(key) || isAnnotation(key) || key.startsWith('~')
    if (known || source[key] === undefined) continue
    const all = [...new Set(Object.values(keywordsOf).flat())]
    const why =
      noSuchKeyword[key] ??
      (all.includes(key)
        ? 'has no meaning for this kind of schema: leave it out'
        : `is not a keyword that is checked${didYouMean(key, all) || '; the names of annotations begin with x-'}`)
    fault(below(at, key), why)
  }
}

/** Copies of the members named, so that a contract cannot be changed through its schemas afterwards. */
function pick(source: Source, keys: readonly string[]): PlainSchema {
  const picked: Source = {}
  for (const key of keys) if (source[key] !== undefined) picked[key] = source[key]
  return picked
}

function readRef(source: Source, at: At): PlainSchema {
  allow(source, ['$ref', '$defs'], at)
  const { $ref: name, $defs: definitions } = source
  const inner = isSource(definitions) ? readCyclic(definitions, at) : at
  if (typeof name === 'string' && inner.names.has(name)) return { $ref: name }
  const hint = typeof name === 'string' ? didYouMean(name, [...inner.names]) : ''
  fault(at, `refers to '${String(name)}', which is not among the contract's types${hint || '; add it there'}`)
  return {}
}

/** The definitions of a `Type.Cyclic` join the contract's types under their own names. */
function readCyclic(definitions: Source, at: At): At {
  const inner = at.withNames(new Set([...at.names, ...Object.keys(definitions)]))
  for (const [name, source] of Object.entries(definitions)) {
    const path = below(inner, '$defs', name)
    const definition = readSchema(source, path) as PlainSchema & { $id?: string }
    // TypeBox's own mark, which repeats the name.
    if (definition.$id === name) delete definition.$id
    const known = at.reading.cyclic.get(name)
    if (known === undefined) at.reading.cyclic.set(name, { schema: definition, path: path.path })
    else if (JSON.stringify(known.schema) !== JSON.stringify(definition))
      fault(path, `has the name '${name}' of another type (${known.path}): rename one of them`)
  }
  return inner
}

function readParts(source: Source, key: 'anyOf' | 'allOf', at: At): PlainSchema {
  allow(source, [key], at)
  const parts = source[key]
  if (!Array.isArray(parts) || parts.length === 0) {
    fault(below(at, key), 'must list at least one schema')
    return {}
  }
  return { [key]: parts.map((part, i) => readSchema(part, below(at, key, i))) }
}

function readTyped(source: Source, at: At): PlainSchema {
  const { type } = source
  if (Array.isArray(type)) {
    fault(below(at, 'type'), 'lists several types: use Type.Union')
    return {}
  }
  if (typeof type !== 'string' || !Object.hasOwn(keywordsOf, type)) {
    fault(
      at,
      (typeof type === 'string' ? noSuchType[type] : undefined) ??
        `has the type '${String(type)}', which JSON does not have`,
    )
    return {}
  }
  const name = type as TypeName
  allow(source, keywordsOf[name], at)
  if (name === 'object') return readObject(source, at)
  if (name === 'array') return readArray(source, at)
  return checkKeywordValues({ type: name, ...pick(source, keywordsOf[name]) }, at)
}

function readArray(source: Source, at: At): PlainSchema {
  const { items } = source
  if (!Array.isArray(items)) {
    const element = { items: items === undefined ? {} : readSchema(items, below(at, 'items')) }
    if (source['additionalItems'] !== undefined)
      fault(below(at, 'additionalItems'), 'is for tuples: leave it out')
    return checkKeywordValues(
      { type: 'array', ...element, ...pick(source, ['minItems', 'maxItems', 'uniqueItems']) },
      at,
    )
  }
  const { minItems = items.length, maxItems = items.length, additionalItems = false, uniqueItems } = source
  if (minItems !== items.length || maxItems !== items.length || additionalItems !== false)
    fault(
      at,
      'is a tuple of another length than its list: write each element, and use Type.Union for shorter forms',
    )
  if (uniqueItems !== undefined) fault(below(at, 'uniqueItems'), 'is for arrays; leave it out of a tuple')
  return {
    type: 'array',
    items: items.map((item, i) => readSchema(item, below(at, 'items', i))),
    additionalItems: false,
    minItems: items.length,
  }
}

/** TypeBox's patterns for `Type.Record(Type.String(), …)`: any name, though `.` misses a line break. */
const anyName: readonly string[] = ['^.*$', '^(.*)$']

function readObject(source: Source, at: At): PlainSchema {
  const plain: PlainSchema = { type: 'object' }
  const members = readMembers(source['properties'], below(at, 'properties'), true)
  if (members !== undefined) {
    const required = Array.isArray(source['required']) ? source['required'] : []
    plain.properties = members
    // In the members' order, which is the order in which missing ones are reported.
    const inOrder = Object.keys(members).filter(name => required.includes(name))
    if (inOrder.length > 0) plain.required = inOrder
  }
  for (const name of Array.isArray(source['required']) ? source['required'] : [])
    if (typeof name !== 'string' || members === undefined || !Object.hasOwn(members, name))
      fault(below(at, 'required'), `names '${String(name)}', which is not among the properties`)
  readOthers(source, plain, at)
  return checkKeywordValues({ ...plain, ...pick(source, ['minProperties', 'maxProperties']) }, at)
}

function readMembers(source: unknown, at: At, mayBeOptional: boolean): PlainTypes | undefined {
  if (source === undefined) return undefined
  if (!isSource(source)) {
    fault(at, 'must be an object of schemas')
    return undefined
  }
  return mapRecord(source, (schema, name) => {
    const here = below(at, name)
    if (!isWellFormed(name)) fault(here, 'has a lone surrogate in its name, which cannot be sent')
    return readSchema(schema, here, mayBeOptional)
  })
}

function readOthers(source: Source, plain: PlainSchema, at: At): void {
  const { additionalProperties: others, patternProperties } = source
  if (typeof others === 'boolean') plain.additionalProperties = others
  else if (others !== undefined)
    plain.additionalProperties = readSchema(others, below(at, 'additionalProperties'))
  const patterns = readMembers(patternProperties, below(at, 'patternProperties'), false)
  if (patterns === undefined) return
  const [only, ...more] = Object.keys(patterns)
  if (others !== undefined && others !== false)
    fault(below(at, 'additionalProperties'), 'cannot be combined with patternProperties: keep one of them')
  if (only !== undefined && more.length === 0 && anyName.includes(only)) {
    const entry = patterns[only]
    if (entry !== undefined) plain.additionalProperties = entry
    return
  }
  for (const pattern of Object.keys(patterns)) {
    const why = patternFault(pattern)
    if (why !== undefined) fault(below(at, 'patternProperties', pattern), why)
  }
  plain.patternProperties = patterns
  delete plain.additionalProperties
}
