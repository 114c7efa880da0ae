import {
  defineContract,
  fromOpenRpc,
  type ForeignSpec,
  type OpenRpcDocument,
  type PlainContract,
  type PlainSide,
} from '@simple-ipc/rpc'
import { step } from '../../contract/contract-json.js'
import { contractSpec } from '../../contract/to-contract-spec.js'
import { editedDocument } from '../base/edit-document.js'
import type { ImportResult } from '../base/import-result.js'
import type { OpenRpcOptions } from './openrpc-document.js'
import { methodDocs, readMethods } from './openrpc-methods.js'
import { readJsonSchema } from '../json-schema/read-json-schema.js'
import { isNode, SchemaDocument, type Node } from '../json-schema/schema-document.js'

/** An OpenRPC document as a contract: what it describes is the child; `x-host` of our own documents is the host. */
export function importOpenRpc(original: unknown, options: OpenRpcOptions): ImportResult {
  const document = editedDocument(original, options.exceptions)
  const { foreign } = options
  const own = isOwn(document) ? ownContract(document, foreign) : undefined
  if (own !== undefined) return { contract: own, refusals: [], notes: [], isOwn: true }
  const source = new SchemaDocument(document, options.exceptions, readJsonSchema)
  const root: Node = isNode(document) ? document : {}
  if (typeof root['openrpc'] !== 'string' || !root['openrpc'].startsWith('1.'))
    source.refuse('/openrpc', 'must say that this is an OpenRPC document of version 1, such as "1.3.2"')
  if (root['x-contract-hash'] !== undefined)
    source.note('/x-contract-hash', 'does not match the document, which was changed after it was written')
  for (const key of ['servers', 'externalDocs'])
    if (root[key] !== undefined) source.note(step('', key), 'is left out; a contract has no place for it')
  source.declareAll()
  const side = (key: string): PlainSide =>
    root[key] === undefined
      ? { methods: {}, notifications: {} }
      : readMethods(root[key], step('', key), source, options)
  if (root['methods'] === undefined) source.refuse('/methods', 'is missing; it lists the methods, if any')
  const info: Node = isNode(root['info']) ? root['info'] : {}
  const contract: PlainContract = {
    name: told(info, 'title', source),
    version: told(info, 'version', source),
    types: {},
    child: side('methods'),
    host: side('x-host'),
    ...(foreign === undefined ? {} : { foreign }),
  }
  return { contract: { ...contract, types: source.types() }, refusals: source.refusals, notes: source.notes }
}

function told(info: Node, key: string, source: SchemaDocument): string {
  const text = info[key]
  if (typeof text === 'string' && text !== '') return text
  source.refuse(`/info/${key}`, 'must be a string: it becomes the name or the version of the contract')
  return 'unknown'
}

// ---- our own documents ---------------------------------------------------------------------------------------------

const isOwn = (document: unknown): document is OpenRpcDocument =>
  isNode(document) && typeof document['x-contract-hash'] === 'string' && Array.isArray(document['x-host'])

/** The contract the document was generated from; undefined if the document was changed since. */
function ownContract(
  document: OpenRpcDocument,
  foreign: Exclude<ForeignSpec, true> | undefined,
): PlainContract | undefined {
  try {
    const plain = fromOpenRpc(document)
    // Names that only a foreign contract may have do not matter here: settling says so with the fix.
    const { hash } = defineContract(contractSpec({ ...plain, foreign: { cancel: 'none' } }))
    if (hash !== document['x-contract-hash']) return undefined
    return {
      ...plain,
      child: methodDocs(plain.child, document.methods),
      host: methodDocs(plain.host, document['x-host']),
      ...(foreign === undefined ? {} : { foreign }),
    }
  } catch {
    return undefined
  }
}
