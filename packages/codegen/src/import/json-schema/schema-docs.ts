import type { PlainSchema } from '@simple-ipc/rpc'
import { step } from '../../contract/contract-json.js'
import { kept } from './json-schema-keywords.js'
import type { Node } from './places.js'
import type { SchemaDocument } from './schema-document.js'

/** Texts and annotations; a title that says no more than the name of the place is left out. */
export function withDocs(
  node: Node,
  path: string,
  document: SchemaDocument,
  schema: PlainSchema,
): PlainSchema {
  const docs: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(node)) {
    if (!kept.includes(key) && !(key.startsWith('x-') && key !== 'x-open')) continue
    if (key === 'title' && sameWords(String(value), path.slice(path.lastIndexOf('/') + 1))) continue
    if (texts.includes(key) && typeof value !== 'string')
      document.note(step(path, key), 'is left out; it is not a string')
    else docs[key] = value
  }
  if (node['x-open'] === true) return { ...schema, ...docs, 'x-open': true }
  return { ...schema, ...docs }
}

const texts: readonly string[] = ['title', 'description', '$comment']

const sameWords = (a: string, b: string): boolean => {
  const letters = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
  return letters(a) === letters(b)
}
