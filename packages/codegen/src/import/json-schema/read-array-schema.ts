import type { PlainSchema } from '@simple-ipc/rpc'
import { step } from '../../contract/contract-json.js'
import type { Node, SchemaDocument } from './schema-document.js'

/** An array of one type, or a tuple as draft-07 (`items: […]`) or 2020-12 (`prefixItems`) writes it. */
export function readArray(node: Node, path: string, document: SchemaDocument): PlainSchema {
  const { items, prefixItems, additionalItems, minItems, maxItems, uniqueItems } = node
  if (prefixItems !== undefined)
    return readTuple(node, { key: 'prefixItems', list: prefixItems, rest: 'items' }, path, document)
  if (Array.isArray(items))
    return readTuple(node, { key: 'items', list: items, rest: 'additionalItems' }, path, document)
  if (additionalItems !== undefined)
    document.note(step(path, 'additionalItems'), 'is left out; it is for tuples and says nothing here')
  return {
    type: 'array',
    items: items === undefined ? {} : document.read({ node: items, path: step(path, 'items') }),
    ...(minItems === undefined ? {} : { minItems: minItems as number }),
    ...(maxItems === undefined ? {} : { maxItems: maxItems as number }),
    ...(uniqueItems === true ? { uniqueItems } : {}),
  }
}

/** Tuples of a contract have exactly the elements that are listed. */
function readTuple(
  node: Node,
  { key, list, rest }: { key: string; list: unknown; rest: string },
  path: string,
  document: SchemaDocument,
): PlainSchema {
  if (!Array.isArray(list)) return document.refuse(step(path, key), 'must be a list of schemas')
  const { minItems = 0, maxItems = Infinity, uniqueItems } = node
  const { length } = list
  const isClosed = node[rest] === false || (maxItems as number) <= length
  if (typeof node[rest] === 'object')
    document.refuse(step(path, rest), 'lets a tuple go on; write an array, or a tuple of fixed length')
  else if (!isClosed)
    document.refuse(path, `lets elements follow the ${length} of the tuple; add "${rest}": false`)
  if ((minItems as number) < length)
    document.refuse(path, `lets elements of the tuple be missing; add "minItems": ${length}`)
  if ((minItems as number) > length || (maxItems as number) < length)
    document.refuse(
      path,
      `counts other elements than the ${length} of the tuple; correct minItems and maxItems`,
    )
  if (uniqueItems === true)
    document.refuse(step(path, 'uniqueItems'), 'is for arrays; leave it out of a tuple')
  return {
    type: 'array',
    items: list.map((item, i) => document.read({ node: item, path: step(path, key, i) })),
    additionalItems: false,
    minItems: length,
  }
}
