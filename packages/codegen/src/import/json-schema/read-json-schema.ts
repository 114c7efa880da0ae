import type { PlainSchema } from '@simple-ipc/rpc'
import { step } from '../../contract/contract-json.js'
import { bare, kept, keywordsOf, typeNames, type SchemaType } from './json-schema-keywords.js'
import { checkKeywords } from './check-keywords.js'
import { compose, either } from './compose-schemas.js'
import { readArray } from './read-array-schema.js'
import { readNumber } from './read-number-schema.js'
import { readObject } from './read-object-schema.js'
import { isNode, type Node, type Place, type SchemaDocument } from './schema-document.js'

/** A JSON Schema of any draft as a plain one. What a contract cannot say is refused, with its place and the fix. */
export function readJsonSchema({ node, path }: Place, document: SchemaDocument): PlainSchema {
  if (node === true) return {}
  if (node === false) return document.refuse(path, 'accepts nothing; leave it out')
  if (!isNode(node)) return document.refuse(path, 'is not a schema')
  checkKeywords(node, path, document)
  return withDocs(node, path, document, shape(node, path, document))
}

function shape(node: Node, path: string, document: SchemaDocument): PlainSchema {
  if (node['nullable'] === true) {
    const schema = shape({ ...node, nullable: undefined }, path, document)
    return acceptsNull(schema) ? schema : either([schema, { type: 'null' }])
  }
  if (node['$ref'] !== undefined) return reference(node, path, document)
  if (node['allOf'] !== undefined || node['anyOf'] !== undefined || node['oneOf'] !== undefined)
    return compose(node, path, document)
  if (node['const'] !== undefined || node['enum'] !== undefined) return listed(node, path, document)
  const { type } = node
  if (Array.isArray(type)) return severalTypes(node, type, path, document)
  if (type === undefined) return untyped(node, path, document)
  switch (type as SchemaType) {
    case 'null':
    case 'boolean':
      return { type: type as 'null' | 'boolean' }
    case 'integer':
    case 'number':
      return readNumber(node, path, document)
    case 'string':
      return pick(node, ['type', ...keywordsOf.string])
    case 'array':
      return readArray(node, path, document)
    case 'object':
      return readObject(node, path, document)
    default:
      return document.refuse(
        step(path, 'type'),
        `is ${JSON.stringify(type)}; expected one of ${typeNames.join(', ')}`,
      )
  }
}

const pick = (node: Node, keys: readonly string[]): PlainSchema =>
  Object.fromEntries(keys.filter(key => node[key] !== undefined).map(key => [key, node[key]]))

// ---- annotations ---------------------------------------------------------------------------------------------------

/** Texts and annotations; a title that says no more than the name of the place is left out. */
function withDocs(node: Node, path: string, document: SchemaDocument, schema: PlainSchema): PlainSchema {
  const docs: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(node)) {
    if (!kept.includes(key) && !(key.startsWith('x-') && key !== 'x-open')) continue
    if (key === 'title' && sameWords(String(value), path.slice(path.lastIndexOf('/') + 1))) continue
    docs[key] = value
  }
  for (const key of ['title', 'description', '$comment'])
    if (docs[key] !== undefined && typeof docs[key] !== 'string')
      document.refuse(step(path, key), 'must be a string')
  if (node['x-open'] === true) return { ...schema, ...docs, 'x-open': true }
  return { ...schema, ...docs }
}

const sameWords = (a: string, b: string): boolean => {
  const letters = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
  return letters(a) === letters(b)
}

// ---- references and lists of values --------------------------------------------------------------------------------

function reference(node: Node, path: string, document: SchemaDocument): PlainSchema {
  const beside = Object.keys(bare(node)).filter(key => key !== '$ref')
  if (beside.length > 0)
    return document.refuse(
      step(path, beside[0] ?? ''),
      'stands beside $ref, where older drafts ignore it and newer ones do not; put both into allOf',
    )
  const pointer = document.resolve(node['$ref'], path)
  return pointer === undefined ? {} : { $ref: document.declare(pointer) }
}

function listed(node: Node, path: string, document: SchemaDocument): PlainSchema {
  const { type, const: value, enum: values, ...rest } = bare(node)
  const [beside] = Object.keys(rest)
  if (beside !== undefined)
    return document.refuse(
      step(path, beside),
      'stands beside a list of values; leave it out, and the values that it forbids',
    )
  const key = values === undefined ? 'const' : 'enum'
  const list: unknown[] = Array.isArray(values) ? values : [value]
  if (values !== undefined && (!Array.isArray(values) || list.length === 0))
    return document.refuse(step(path, 'enum'), 'must list at least one value')
  if (list.some(each => typeof each === 'object' && each !== null))
    return document.refuse(
      step(path, key),
      'holds objects or arrays; only texts, numbers, true, false and null can be listed',
    )
  const types = type === undefined ? typeNames : [type].flat()
  const fitting = [...new Set(list)].filter(each => types.some(name => isOf(each, name)))
  if (fitting.length < new Set(list).size)
    return document.refuse(step(path, key), 'holds values that the type beside it forbids; leave them out')
  if (fitting.length === 1 && value !== undefined) return literal(value as string)
  const isWhole = fitting.every(each => Number.isSafeInteger(each))
  return { ...(isWhole ? { type: 'integer' } : {}), enum: fitting as string[] }
}

function literal(value: string | number | boolean | null): PlainSchema {
  if (value === null) return { type: 'null' }
  return { type: typeof value as 'string' | 'number' | 'boolean', const: value }
}

const isOf = (value: unknown, type: unknown): boolean => {
  if (value === null) return type === 'null'
  if (type === 'integer') return Number.isInteger(value)
  return typeof value === type
}

// ---- several types -------------------------------------------------------------------------------------------------

function severalTypes(
  node: Node,
  types: readonly unknown[],
  path: string,
  document: SchemaDocument,
): PlainSchema {
  const branches = [...new Set(types)].map(type => {
    const others = typeNames.filter(name => name !== type).flatMap(name => keywordsOf[name])
    const mine = new Set(keywordsOf[type as SchemaType])
    const rest = Object.entries(bare(node)).filter(([key]) => mine.has(key) || !others.includes(key))
    return shape({ ...Object.fromEntries(rest), type }, path, document)
  })
  return either(branches)
}

function untyped(node: Node, path: string, document: SchemaDocument): PlainSchema {
  const said = Object.keys(bare(node))
  for (const key of said) {
    const type = typeNames.find(name => keywordsOf[name].includes(key))
    if (type !== undefined)
      return document.refuse(
        step(path, key),
        `says something about one type and lets every other through; add "type": "${type}"`,
      )
  }
  // What else is said was refused already.
  if (said.length > 0) return {}
  if (Object.keys(node).length > 0)
    document.note(path, 'says nothing about the value, so anything may stand there')
  return {}
}

const acceptsNull = (schema: PlainSchema): boolean =>
  schema.type === 'null' ||
  schema.enum?.includes(null) === true ||
  schema.anyOf?.some(acceptsNull) === true ||
  Object.keys(schema).length === 0
