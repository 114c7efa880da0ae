import { step } from '../../contract/contract-json.js'
import { dropped, kept, keywords, refused, structural } from './json-schema-keywords.js'
import type { Node } from './places.js'
import type { SchemaDocument } from './schema-document.js'

const known: ReadonlySet<string> = new Set([...keywords, ...kept, ...structural])

/** Every keyword must be one that a contract can say, or that says nothing about values. */
export function checkKeywords(node: Node, path: string, document: SchemaDocument): void {
  for (const key of Object.keys(node)) {
    if (Object.hasOwn(refused, key)) document.refuse(step(path, key), refused[key] ?? '')
    else if (dropped.includes(key))
      document.note(step(path, key), 'is left out; a contract has no place for it')
    else if (!known.has(key) && !key.startsWith('x-')) {
      const meant = [...keywords].find(name => plain(name) === plain(key))
      if (meant === undefined)
        document.note(step(path, key), 'is left out; it is not a keyword of JSON Schema')
      else
        document.refuse(
          step(path, key),
          `is not a keyword of JSON Schema; did you mean '${meant}'? Names of annotations begin with x-`,
        )
    }
  }
}

/** A name without what is easily mistaken. */
const plain = (name: string): string => name.toLowerCase().replace(/(?<=.)[-_ ]/gu, '')
