import type { ForeignSpec, PlainSchema } from '@simple-ipc/rpc'
import type { Exceptions } from '../base/exceptions.js'
import { isNode, type Node, type Place, type SchemaDocument } from '../json-schema/schema-document.js'

/** How a document is read. */
export interface OpenRpcOptions {
  exceptions: Exceptions
  /** How params travel where the document leaves it to the caller. */
  params: 'by-name' | 'by-position'
  foreign?: Exclude<ForeignSpec, true>
}

/** A thing of the document, or what a reference in its place leads to. */
export function follow(place: Place, document: SchemaDocument): { node: Node; path: string } | undefined {
  let { node, path } = place
  for (let steps = 0; isNode(node) && node['$ref'] !== undefined; steps++) {
    const pointer = steps > 100 ? undefined : document.resolve(node['$ref'], path)
    if (pointer === undefined) return undefined
    ;({ node, path } = { node: document.find(pointer), path: pointer })
  }
  if (isNode(node)) return { node, path }
  document.refuse(path, 'must be an object')
  return undefined
}

/** A value's own description before that of its place. */
export function described(schema: PlainSchema, { description, summary }: Node): PlainSchema {
  const text = typeof description === 'string' ? description : summary
  return schema.description === undefined && typeof text === 'string' && text !== ''
    ? { ...schema, description: text }
    : schema
}
