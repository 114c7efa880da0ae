import type { PlainSchema } from '@simple-ipc/rpc'
import { step } from '../../contract/contract-json.js'
import { checkKeywords } from './check-keywords.js'
import { isComposed } from './expand-schema.js'
import { compose, joinPlaces } from './join-schemas.js'
import { bare } from './json-schema-keywords.js'
import { mergeParts } from './merge-parts.js'
import { isNode, type Node, type Place, type Read } from './places.js'
import { withDocs } from './schema-docs.js'
import type { SchemaDocument } from './schema-document.js'

/**
 * A JSON Schema of any draft as a plain one; undefined if no value fits. What a contract cannot say is refused, with its
 * place and the fix.
 */
export function readJsonSchema(place: Place, document: SchemaDocument): Read {
  const { node, path, aspect } = place
  if (node === true) return {}
  if (node === false) return undefined
  if (!isNode(node)) return document.refuse(path, 'is not a schema')
  checkKeywords(node, path, document)
  const schema = shape(node, place, document)
  return schema === undefined || aspect !== undefined ? schema : withDocs(node, path, document, schema)
}

function shape(node: Node, place: Place, document: SchemaDocument): Read {
  const { path, aspect } = place
  if (node['$ref'] !== undefined) {
    const beside = Object.keys(bare(node)).filter(key => key !== '$ref')
    if (beside.length === 0 || document.isOld) {
      document.noteBeside(beside, path)
      const pointer = document.resolve(node['$ref'], path)
      return pointer === undefined ? {} : { $ref: document.declare(pointer) }
    }
  }
  if (document.isOwn) {
    const own = ofOwn(node, path, document)
    if (own !== undefined) return own
  }
  if (isComposed(node) && aspect !== 'own') return compose(place, document)
  const said = bare(node)
  if (Object.keys(said).length === 0 && Object.keys(node).length > 0)
    document.note(path, 'says nothing about the value, so anything may stand there')
  return mergeParts([{ node: said, path }], path, document, joinPlaces)
}

/** What a contract joined by Type.Intersect or Type.Union stays so: its hash says it. */
function ofOwn(node: Node, path: string, document: SchemaDocument): PlainSchema | undefined {
  for (const key of ['allOf', 'anyOf'] as const) {
    const list = node[key]
    if (Array.isArray(list) && list.length > 0)
      return {
        [key]: list.map((part: unknown, i) => document.read({ node: part, path: step(path, key, i) })),
      }
  }
  return undefined
}
