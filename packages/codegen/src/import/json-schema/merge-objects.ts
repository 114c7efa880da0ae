import type { PlainSchema } from '@simple-ipc/rpc'
import { step } from '../../contract/contract-json.js'
import { essence } from './either-of.js'
import { mergeMap } from './merge-maps.js'
import type { Merging } from './merge-parts.js'
import { isClosedAsWhole, objectPart, othersOf, type ObjectPart } from './object-part.js'
import { atLeast, atMost } from './part-values.js'
import { isNode, sameJson, type Place, type Read } from './places.js'

/** An object with members, or a map. */
export function mergeObjects(merging: Merging): Read {
  const counts = { ...atLeast('minProperties', merging), ...atMost('maxProperties', merging) }
  const parts = merging.parts.map(part => objectPart(part, merging))
  const names = [...new Set([...parts.flatMap(declared), ...parts.flatMap(({ required }) => required)])]
  const isStruct = names.length > 0 || parts.some(part => part.isStruct)
  const schema = isStruct ? struct(names, parts, merging) : mergeMap(parts, merging)
  return schema === undefined ? undefined : { ...schema, ...counts }
}

const declared = ({ properties }: ObjectPart): string[] => Object.keys(properties)

function struct(names: readonly string[], parts: readonly ObjectPart[], merging: Merging): Read {
  const { document } = merging
  refuseFreeNames(parts, merging)
  const others = othersOf(parts, merging)
  const needed = new Set(parts.flatMap(({ required }) => required))
  const members: [string, PlainSchema][] = []
  for (const name of names) {
    const places = parts.flatMap(part => placesOf(name, part, merging))
    const schema = member(places, merging)
    if (needed.has(name) && !parts.some(({ properties }) => Object.hasOwn(properties, name)))
      noteUndeclared(name, schema, parts, merging)
    if (schema !== undefined) members.push([name, schema])
    else if (needed.has(name)) return undefined
    else {
      const [first] = places
      const at = first?.path ?? merging.path
      if (others === undefined)
        document.note(at, `is left out: what else holds there forbids the member '${name}'`)
      else
        members.push([name, document.settled(at, () => document.refuse(at, 'accepts nothing; leave it out'))])
    }
  }
  const inOrder = members.map(([name]) => name).filter(name => needed.has(name))
  return {
    type: 'object',
    properties: Object.fromEntries(members),
    ...(inOrder.length === 0 ? {} : { required: inOrder }),
    ...(others === undefined ? { additionalProperties: false } : {}),
    ...(others === undefined || Object.keys(essence(others)).length === 0
      ? {}
      : { additionalProperties: others }),
  }
}

/** All that one part says of a member. */
function placesOf(name: string, part: ObjectPart, merging: Merging): Place[] {
  const { properties, patterns, others, path } = part
  const places = patterns.filter(({ pattern }) => matches(pattern, name)).map(({ place }) => place)
  if (Object.hasOwn(properties, name))
    places.unshift({ node: properties[name], path: step(path, 'properties', name) })
  if (places.length > 0 || others.node === true) return places
  const isKnownElsewhere =
    isClosedAsWhole(part, merging) &&
    merging.parts.some(({ node }) => isNode(node['properties']) && Object.hasOwn(node['properties'], name))
  return isKnownElsewhere ? [] : [others]
}

function matches(pattern: string, name: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(name)
  } catch {
    return false
  }
}

/** The description of the place that says most about the member. */
function member(found: readonly Place[], { join, document }: Merging): Read {
  const [only, ...more] = found
  if (only === undefined) return {}
  if (more.length === 0 || found.every(({ node }) => sameJson(node, only.node)))
    return document.readOrNothing(only)
  const told = found.findLast(({ node }) => isNode(node) && typeof node['description'] === 'string')
  const described = found.find(({ node }) => isNode(node) && node['default'] !== undefined)
  const schema = document.settled(only.path, () => join(found, only.path, document))
  if (schema === undefined) return undefined
  return {
    ...schema,
    ...(described === undefined ? {} : { default: (described.node as { default: unknown }).default }),
    ...(told === undefined ? {} : { description: (told.node as { description: string }).description }),
  }
}

function noteUndeclared(
  name: string,
  schema: Read,
  parts: readonly ObjectPart[],
  { document }: Merging,
): void {
  const at = parts.find(({ required }) => required.includes(name))?.path ?? ''
  if (schema === undefined && parts.length === 1)
    document.refuse(
      step(at, 'required'),
      `requires '${name}', which is forbidden; declare it under properties`,
    )
  else if (schema !== undefined && Object.keys(essence(schema)).length === 0)
    document.note(step(at, 'required'), `requires '${name}', which is not declared, so it may be anything`)
}

/** Beside declared members only additionalProperties can be said of others. */
function refuseFreeNames(parts: readonly ObjectPart[], { document }: Merging): void {
  for (const { path, patterns, names, others } of parts) {
    if (names !== undefined)
      document.refuse(names.path, 'restricts the names of members that are declared; leave it out')
    const said = patterns.filter(
      ({ place: { node } }) => node !== true && !(isNode(node) && Object.keys(node).length === 0),
    )
    if (said.length > 0 || (patterns.length > 0 && others.node !== true))
      document.refuse(
        step(path, 'patternProperties'),
        'stand beside known members; put them into a member of their own, a map',
      )
  }
}
