import { eitherOf } from './either-of.js'
import { refuseOverlaps } from './exclusive.js'
import { expandAll, expandOnce, type Choice } from './expand-schema.js'
import { bare } from './json-schema-keywords.js'
import { mergeParts } from './merge-parts.js'
import { isNode, keyOf, type Part, type Place, type Read } from './places.js'
import { kindsOf } from './schema-kinds.js'
import { withDocs } from './schema-docs.js'
import type { SchemaDocument } from './schema-document.js'

/** How many branches unions that must all hold may be multiplied out to. */
const mostBranches = 256

/** What several schemas say together; `path` is where they are asked to hold. */
export function joinPlaces(all: readonly Place[], path: string, document: SchemaDocument): Read {
  const places = simplified(all, document)
  if (places.some(({ node }) => node === false)) return undefined
  const [only, ...more] = places
  if (only === undefined) return {}
  if (more.length === 0) return document.readOrNothing(only)
  return document.once(places.map(keyOf).sort().join('\n'), path, () =>
    document.joining(path, places.length, () => joined(places, path, document)),
  )
}

/** A schema that is composed of others, or tells several types. */
export function compose(place: Place, document: SchemaDocument): Read {
  return document.joining(place.path, 1, () => {
    const { places, choices } = expandOnce(place, document)
    const left = simplified(places, document)
    const [only] = left
    const isItself = only !== undefined && keyOf(only) === keyOf(place)
    // One schema in other clothes keeps its name.
    if (
      choices.length === 0 &&
      left.length === 1 &&
      only !== undefined &&
      !isItself &&
      only.aspect === undefined
    )
      return document.readOrNothing(only)
    if (left.length === 0 && choices.length === 1) return multiplied([], choices, place.path, document)
    if (left.some(({ node }) => node === false)) return undefined
    return joined([place], place.path, document, place.path)
  })
}

function joined(all: readonly Place[], path: string, document: SchemaDocument, whole?: string): Read {
  const { places, choices } = expandAll(all, document)
  if (places.some(({ node }) => node === false)) return undefined
  return choices.length === 0
    ? mergeParts(partsOf(places, document), path, document, joinPlaces, whole)
    : multiplied(simplified(places, document), choices, path, document)
}

/** Those that say something; what is none is refused. */
const partsOf = (places: readonly Place[], document: SchemaDocument): Part[] =>
  places.flatMap(({ node, path }) => {
    if (node === true) return []
    if (isNode(node)) return [{ node, path }]
    document.refuse(path, 'is not a schema')
    return []
  })

/** Without what says nothing, or only a type that others say as well; one that is reached twice, once. */
function simplified(all: readonly Place[], document: SchemaDocument): Place[] {
  const found = new Map<string, Place>()
  for (const place of all) {
    const { node } = place
    if (node === true || (isNode(node) && Object.keys(bare(node)).length === 0)) continue
    const target = document.targetOf(place)
    if (target !== undefined && !found.has(keyOf(target))) found.set(keyOf(target), place)
  }
  let places = [...found.values()]
  for (const place of places) {
    if (!isNode(place.node) || Object.keys(bare(place.node)).join() !== 'type') continue
    const mine = kindsOf(place, document)
    const implies = (other: Place): boolean => {
      const theirs = other === place ? undefined : kindsOf(other, document)
      return theirs !== undefined && mine !== undefined && [...theirs].every(kind => mine.has(kind))
    }
    if (places.some(implies)) places = places.filter(other => other !== place)
  }
  return places
}

/** A union of all that its choices may come to. */
function multiplied(
  places: readonly Place[],
  choices: readonly Choice[],
  path: string,
  document: SchemaDocument,
): Read {
  const count = choices.reduce((product, choice) => product * choice.places.length, 1)
  if (count > mostBranches)
    return document.refuse(
      path,
      `joins unions that multiply out to ${count} branches, more than ${mostBranches}; write what holds together`,
    )
  if (!document.mayJoin(count)) return {}
  const branches = combinations(choices).flatMap(picks => {
    const chosen = picks.map(({ place }) => place)
    const schema = branchOf([...places, ...chosen], chosen, path, document)
    return schema === undefined ? [] : [{ schema, picks }]
  })
  refuseOverlaps(branches, document)
  const isFree = !document.isOwn && choices.every(({ key }) => key === 'anyOf')
  return eitherOf(
    branches.map(({ schema }) => schema),
    isFree,
  )
}

function branchOf(
  all: readonly Place[],
  chosen: readonly Place[],
  path: string,
  document: SchemaDocument,
): Read {
  const [only, ...more] = all
  if (only !== undefined && more.length === 0) return document.readOrNothing(only)
  const [place, ...others] = chosen
  const schema = joinPlaces(all, place?.path ?? path, document)
  // What a single branch tells people is still about it.
  const isTold = others.length === 0 && isNode(place?.node) && place.aspect === undefined
  return schema === undefined || !isTold || schema.$ref !== undefined
    ? schema
    : withDocs(place.node as Record<string, unknown>, place.path, document, schema)
}

/** A branch of a choice. */
export interface Pick {
  choice: Choice
  place: Place
}

const combinations = (choices: readonly Choice[]): Pick[][] =>
  choices.reduce<Pick[][]>(
    (found, choice) => found.flatMap(picks => choice.places.map(place => [...picks, { choice, place }])),
    [[]],
  )
