import { step } from '../../contract/contract-json.js'
import type { Merging } from './merge-parts.js'
import { isNode, type Node, type Part, type Place, type Read } from './places.js'

/** What one part says of members. */
export interface ObjectPart {
  path: string
  properties: Node
  /** Does it speak of declared members at all? */
  isStruct: boolean
  required: string[]
  patterns: { pattern: string; place: Place }[]
  /** All members that it does not name. */
  others: Place
  /** What names must be, if it says so. */
  names: Place | undefined
}

export function objectPart(part: Part, merging: Merging): ObjectPart {
  const { node, path } = part
  const { document } = merging
  const { properties, patternProperties = {}, propertyNames } = node
  if (properties !== undefined && !isNode(properties))
    document.refuse(step(path, 'properties'), 'must be an object of schemas')
  if (!isNode(patternProperties))
    document.refuse(step(path, 'patternProperties'), 'must be an object of schemas')
  const isAnyName =
    propertyNames === undefined || propertyNames === true || (isNode(propertyNames) && isText(propertyNames))
  return {
    path,
    properties: isNode(properties) ? properties : {},
    isStruct: properties !== undefined,
    required: required(part, merging),
    patterns: Object.entries(isNode(patternProperties) ? patternProperties : {}).map(([pattern, inner]) => ({
      pattern,
      place: { node: inner, path: step(path, 'patternProperties', pattern) },
    })),
    others: otherMembers(part, merging),
    names: isAnyName ? undefined : { node: propertyNames, path: step(path, 'propertyNames') },
  }
}

/** Names are texts anyway. */
const isText = (names: Node): boolean =>
  Object.keys(names).every(key => key === 'type' && names[key] === 'string')

function required({ node, path }: Part, { document }: Merging): string[] {
  const { required: names = [] } = node
  if (Array.isArray(names) && names.every(name => typeof name === 'string')) return names
  // Drafts before draft-04 said it of the member.
  document.refuse(step(path, 'required'), 'must be a list of names')
  return []
}

function otherMembers(part: Part, merging: Merging): Place {
  const { node, path } = part
  const { additionalProperties: additional, unevaluatedProperties: unevaluated } = node
  if (additional !== undefined || unevaluated === undefined)
    return { node: additional ?? true, path: step(path, 'additionalProperties') }
  const place = { node: unevaluated, path: step(path, 'unevaluatedProperties') }
  // What no other schema has looked at: the same as additional, unless the schema is made of others.
  const source = merging.document.find(path)
  const isMade = isNode(source) && composing.some(key => source[key] !== undefined)
  if (!isMade || unevaluated === true || coversAll(part, merging)) return place
  merging.document.refuse(place.path, 'depends on other schemas; use additionalProperties')
  return { ...place, node: true }
}

const composing = ['$ref', 'allOf', 'anyOf', 'oneOf'] as const

/** What stands beside allOf itself closes the whole, where the parts leave other members open without a word. */
function coversAll({ path, node }: Part, { whole, parts }: Merging): boolean {
  return (
    whole === path &&
    node['unevaluatedProperties'] === false &&
    parts.every(
      other =>
        other.path === path ||
        ['additionalProperties', 'unevaluatedProperties', 'patternProperties'].every(
          key => other.node[key] === undefined,
        ),
    )
  )
}

/** Does the part that closes the whole know the name by another part? */
export const isClosedAsWhole = ({ path, others }: ObjectPart, { whole }: Merging): boolean =>
  whole === path && others.path.endsWith('/unevaluatedProperties')

/** What all parts say of the members that none of them names; undefined if there may be none. */
export function othersOf(parts: readonly ObjectPart[], { join, document, path }: Merging): Read {
  const said = parts.filter(({ others }) => others.node !== true)
  const at = said.length === 1 ? said[0]?.others.path : step(path, 'additionalProperties')
  return join(
    said.map(({ others }) => others),
    at ?? path,
    document,
  )
}
