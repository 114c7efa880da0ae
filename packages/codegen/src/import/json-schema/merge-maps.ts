import type { PlainSchema } from '@simple-ipc/rpc'
import type { Merging } from './merge-parts.js'
import { othersOf, type ObjectPart } from './object-part.js'
import { isNode, type Place, type Read } from './places.js'
import type { SchemaDocument } from './schema-document.js'

const nothing: PlainSchema = { type: 'object', properties: {}, additionalProperties: false }

/** An object without known members: the names are free, or must match. */
export function mergeMap(parts: readonly ObjectPart[], merging: Merging): Read {
  const { document } = merging
  const matching = parts.find(({ patterns }) => patterns.length > 0)
  const naming = parts.find(({ names }) => names !== undefined)
  if (matching === undefined && naming === undefined) {
    const others = othersOf(parts, merging)
    return others === undefined ? nothing : { type: 'object', additionalProperties: others }
  }
  const special = matching ?? naming
  const also = parts.find(
    part =>
      part !== special && (part.others.node !== true || part.patterns.length > 0 || part.names !== undefined),
  )
  if (also !== undefined)
    document.refuse(
      also.path,
      `says more of the members that ${special?.path ?? ''} gives names; write what holds together`,
    )
  if (matching !== undefined) return patternMap(matching, merging)
  const pattern = naming?.names && namePattern(naming.names, document)
  if (pattern === false) return nothing
  const others = othersOf(parts, merging)
  if (others === undefined) return nothing
  return pattern === undefined
    ? { type: 'object' }
    : { type: 'object', patternProperties: { [pattern]: others } }
}

function patternMap({ path, patterns, others, names }: ObjectPart, { document }: Merging): PlainSchema {
  if (others.node !== false && !document.isOwn)
    document.refuse(
      path,
      'lets members through that match no pattern; add "additionalProperties": false if they are not wanted',
    )
  if (names !== undefined) document.refuse(names.path, 'stands beside patternProperties; keep one of them')
  return {
    type: 'object',
    patternProperties: Object.fromEntries(
      patterns.map(({ pattern, place }) => [pattern, document.read(place)]),
    ),
  }
}

/** The names that a map may have, as a pattern; false if there are none. */
function namePattern(place: Place, document: SchemaDocument): string | false | undefined {
  const target = document.targetOf(place)
  if (target === undefined) return undefined
  const { node, path } = target
  if (node === false) return false
  if (isNode(node)) {
    const { type = 'string', pattern, enum: values, const: value } = node
    const listed = value === undefined ? values : [value]
    const known = ['type', 'pattern', 'enum', 'const', 'title', 'description']
    const isAlone = type === 'string' && Object.keys(node).every(key => known.includes(key))
    if (isAlone && typeof pattern === 'string' && listed === undefined) return pattern
    if (isAlone && pattern === undefined && isTexts(listed) && (value === undefined || values === undefined))
      return `^(?:${listed.map(name => name.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('|')})$`
  }
  document.refuse(
    path,
    'says more of names than a pattern or a list can; use {"pattern": …} or {"enum": […]} alone',
  )
  return undefined
}

const isTexts = (list: unknown): list is string[] =>
  Array.isArray(list) && list.length > 0 && list.every(name => typeof name === 'string')
