import { typeNames, type SchemaType } from './json-schema-keywords.js'
import { isNode, keyOf, type Place } from './places.js'
import type { SchemaDocument } from './schema-document.js'
import { expandOnce } from './expand-schema.js'

/** Undefined: any. `number` always comes with `integer`, so that sets can be compared. */
export type Kinds = ReadonlySet<SchemaType> | undefined

/** The types that a schema may have, as far as that is seen without reading it. */
export function kindsOf(place: Place, document: SchemaDocument): Kinds {
  const target = document.targetOf(place)
  if (target === undefined || !isNode(target.node)) return undefined
  const key = keyOf(target)
  if (document.kinds.has(key)) return document.kinds.get(key)
  // For as long as it is not known, and where it contains itself.
  document.kinds.set(key, undefined)
  const { places, choices } = expandOnce(target, document)
  const sets = [
    ...places.map(part =>
      part.aspect === 'own' || part === target ? ownKinds(part.node) : kindsOf(part, document),
    ),
    ...choices.map(choice => unionOf(choice.places.map(part => kindsOf(part, document)))),
  ].filter(set => set !== undefined)
  const [first, ...more] = sets
  const kinds = first && more.reduce((a, b) => new Set([...a].filter(kind => b.has(kind))), first)
  document.kinds.set(key, kinds)
  return kinds
}

const unionOf = (sets: readonly Kinds[]): Kinds =>
  sets.every(set => set !== undefined) ? new Set(sets.flatMap(set => [...set])) : undefined

function ownKinds(node: unknown): Kinds {
  if (!isNode(node) || node['type'] === undefined) return undefined
  const types = [node['type']].flat().filter(type => typeNames.includes(type as SchemaType)) as SchemaType[]
  return new Set(types.includes('number') ? [...types, 'integer'] : types)
}
