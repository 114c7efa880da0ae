import { step } from '../../contract/contract-json.js'
import { checkKeywords } from './check-keywords.js'
import { bare } from './json-schema-keywords.js'
import { isNode, keyOf, type Node, type Place } from './places.js'
import type { SchemaDocument } from './schema-document.js'

/** Of which one must hold: all of `places` are possible. */
export interface Choice {
  key: 'anyOf' | 'oneOf'
  path: string
  places: Place[]
}

/** What must all hold: schemas that are not composed any more, and choices. */
export interface Expanded {
  places: Place[]
  choices: Choice[]
}

const composing = ['$ref', 'allOf', 'anyOf', 'oneOf', 'nullable']
export const isComposed = (node: Node): boolean =>
  composing.some(key => node[key] !== undefined && (key !== 'nullable' || node[key] === true))

/** A schema as those that it is composed of, one level down; references stay. */
export function expandOnce(place: Place, document: SchemaDocument): Expanded {
  const { node, path, aspect } = place
  if (!isNode(node) || aspect === 'own' || !isComposed(node)) return { places: [place], choices: [] }
  checkKeywords(node, path, document)
  const said = bare(node)
  if (said['nullable'] === true) return { places: [], choices: [orNull(node, path)] }
  const { $ref, allOf, anyOf, oneOf, ...own } = said
  if ($ref !== undefined && document.isOld) {
    document.noteBeside(
      Object.keys({ allOf, anyOf, oneOf, ...own }).filter(key => said[key] !== undefined),
      path,
    )
    return { places: [{ node: { $ref }, path }], choices: [] }
  }
  delete own['nullable']
  return {
    places: [
      ...(Object.keys(own).length === 0 ? [] : [{ node: own, path, aspect: 'own' as const }]),
      ...($ref === undefined ? [] : [{ node: { $ref }, path }]),
      ...listOf(said, 'allOf', path, document),
    ],
    choices: (['anyOf', 'oneOf'] as const).flatMap(key =>
      said[key] === undefined
        ? []
        : [{ key, path: step(path, key), places: listOf(said, key, path, document) }],
    ),
  }
}

const orNull = ({ nullable: _, ...rest }: Node, path: string): Choice => ({
  key: 'anyOf',
  path: step(path, 'nullable'),
  places: [
    { node: rest, path, aspect: 'not null' },
    { node: { type: 'null' }, path: step(path, 'nullable') },
  ],
})

function listOf(said: Node, key: string, path: string, document: SchemaDocument): Place[] {
  const list = said[key]
  if (list === undefined) return []
  if (Array.isArray(list) && list.length > 0)
    return list.flatMap((node: unknown, i) => [{ node, path: step(path, key, i) }])
  document.refuse(step(path, key), 'must list at least one schema')
  return []
}

/** Follows references and compositions to their ends; each schema once, however often it is reached. */
export function expandAll(all: readonly Place[], document: SchemaDocument): Expanded {
  const places = new Map<string, Place>()
  const choices = new Map<string, Choice>()
  const seen = new Set<string>()
  const visit = (place: Place, above: readonly string[]): void => {
    const target = document.targetOf(place)
    if (target === undefined) return
    const key = keyOf(target)
    if (above.includes(key)) {
      document.refuse(place.path, 'is joined with itself by allOf; nothing would ever be reached')
      return
    }
    if (seen.has(key) || !document.mayJoin(1)) return
    seen.add(key)
    const found = expandOnce(target, document)
    for (const choice of found.choices) choices.set(choice.path, choice)
    for (const inner of found.places)
      if (inner.aspect === 'own' || inner === target) places.set(keyOf(inner), inner)
      else visit(inner, [...above, key])
  }
  for (const place of all) visit(place, [])
  return { places: [...places.values()], choices: [...choices.values()] }
}
