import { step } from '../../contract/contract-json.js'
import { dropped, general, kept, keywordsOf, refused, structural } from './json-schema-keywords.js'
import type { Node, SchemaDocument } from './schema-document.js'

const ofTypes = new Set(Object.values(keywordsOf).flat())

/** Every keyword must be one that a contract can say, or that says nothing about values. */
export function checkKeywords(node: Node, path: string, document: SchemaDocument): void {
  for (const key of Object.keys(node)) {
    if (Object.hasOwn(refused, key)) document.refuse(step(path, key), refused[key] ?? '')
    else if (dropped.includes(key))
      document.note(step(path, key), 'is left out; a contract has no place for it')
    else if (
      !general.includes(key) &&
      !ofTypes.has(key) &&
      !kept.includes(key) &&
      !structural.includes(key) &&
      !key.startsWith('x-')
    )
      document.refuse(
        step(path, key),
        'is not a keyword of JSON Schema; begin the name of an annotation with x-',
      )
  }
  const { $id } = node
  if (typeof $id === 'string' && path !== '' && JSON.stringify(node).includes('"$ref":"#'))
    document.refuse(
      step(path, '$id'),
      'makes a document of its own, in which # means another place; leave $id out',
    )
}
