import type { PlainContract } from '@simple-ipc/rpc'
import type { Exceptions } from '../base/exceptions.js'
import { editedDocument } from '../base/edit-document.js'
import type { ImportResult } from '../base/import-result.js'
import { readJsonSchema } from './read-json-schema.js'
import { bare, keywords } from './json-schema-keywords.js'
import { isNode, SchemaDocument, type Node } from './schema-document.js'

/**
 * JSON Schema definitions as the types of a contract without methods. A schema that the document itself is becomes a
 * type too, named by its title.
 */
export function importJsonSchema(
  original: unknown,
  options: { name: string; exceptions: Exceptions },
): ImportResult {
  const document = editedDocument(original, options.exceptions)
  const source = new SchemaDocument(document, options.exceptions, readJsonSchema)
  source.declareAll()
  if (!isNode(document))
    source.refuse('', 'is not a schema document; it must be an object with $defs or definitions')
  else if (saysSomething(document)) source.declare('')
  const types = source.types()
  if (isNode(document) && Object.keys(types).length === 0)
    source.refuse('', 'holds no definitions; put them under $defs, or definitions')
  const contract: PlainContract = {
    name: options.name,
    version: '1.0.0',
    types,
    child: { methods: {}, notifications: {} },
    host: { methods: {}, notifications: {} },
  }
  return { contract, refusals: source.refusals, notes: source.notes }
}

const saysSomething = (document: Node): boolean => Object.keys(bare(document)).some(key => keywords.has(key))
