import type { PlainSchema } from '@simple-ipc/rpc'
import { step } from '../../contract/contract-json.js'
import { isNode, type Node, type Place, type SchemaDocument } from './schema-document.js'

/** An object with members, or a map. */
export function readObject(node: Node, path: string, document: SchemaDocument): PlainSchema {
  const { properties, minProperties, maxProperties } = node
  const counts = {
    ...(minProperties === undefined ? {} : { minProperties: minProperties as number }),
    ...(maxProperties === undefined ? {} : { maxProperties: maxProperties as number }),
  }
  if (properties !== undefined && !isNode(properties))
    return document.refuse(step(path, 'properties'), 'must be an object of schemas')
  const closed = node['additionalProperties'] === false || node['unevaluatedProperties'] === false
  const isStruct = properties !== undefined || (closed && node['patternProperties'] === undefined)
  if (!isStruct) return { type: 'object', ...freeMembers(node, path, document, closed), ...counts }
  const members = properties ?? {}
  const needed = required(node, path, Object.keys(members), document)
  return {
    type: 'object',
    properties: Object.fromEntries(
      Object.entries(members).map(([name, member]) => [
        name,
        document.read({ node: member, path: step(path, 'properties', name) }),
      ]),
    ),
    ...(needed.length === 0 ? {} : { required: needed }),
    ...others(node, path, document, closed),
    ...counts,
  }
}

/** The required members, in the order of the declared ones. */
export function required(
  node: Node,
  path: string,
  declared: readonly string[],
  document: SchemaDocument,
): string[] {
  const { required: names = [] } = node
  const at = step(path, 'required')
  if (!Array.isArray(names) || names.some(name => typeof name !== 'string')) {
    document.refuse(at, 'must be a list of names')
    return []
  }
  for (const name of names as string[])
    if (!declared.includes(name))
      document.refuse(at, `requires '${name}', which is not declared; declare it under properties`)
  return declared.filter(name => names.includes(name))
}

/** Members that are not declared, beside those that are. */
function others(node: Node, path: string, document: SchemaDocument, closed: boolean): PlainSchema {
  const {
    additionalProperties: free,
    unevaluatedProperties: unevaluated,
    patternProperties,
    propertyNames,
  } = node
  if (isNode(propertyNames) && !isAnyName(propertyNames))
    document.refuse(
      step(path, 'propertyNames'),
      'restricts the names of members that are declared; leave it out',
    )
  if (isNode(unevaluated) && Object.keys(unevaluated).length > 0)
    document.refuse(step(path, 'unevaluatedProperties'), 'depends on other schemas; use additionalProperties')
  if (isNode(patternProperties) && Object.keys(patternProperties).length > 0)
    document.refuse(
      step(path, 'patternProperties'),
      'stand beside known members; put them into a member of their own, a map',
    )
  if (isNode(free) && Object.keys(free).length > 0)
    return { additionalProperties: document.read({ node: free, path: step(path, 'additionalProperties') }) }
  return closed ? { additionalProperties: false } : {}
}

/** A map: the names are free, or must match. */
function freeMembers(node: Node, path: string, document: SchemaDocument, closed: boolean): PlainSchema {
  const { additionalProperties: free = true, patternProperties, propertyNames } = node
  required(node, path, [], document)
  const value = (): PlainSchema => document.read({ node: free, path: step(path, 'additionalProperties') })
  if (isNode(patternProperties) && Object.keys(patternProperties).length > 0) {
    if (!closed && !document.isOwn)
      document.refuse(
        path,
        'lets members through that match no pattern; add "additionalProperties": false if they are not wanted',
      )
    if (propertyNames !== undefined)
      document.refuse(step(path, 'propertyNames'), 'stands beside patternProperties; keep one of them')
    return {
      patternProperties: Object.fromEntries(
        Object.entries(patternProperties).map(([pattern, schema]) => [
          pattern,
          document.read({ node: schema, path: step(path, 'patternProperties', pattern) }),
        ]),
      ),
    }
  }
  if (propertyNames === undefined || (isNode(propertyNames) && isAnyName(propertyNames)))
    return { additionalProperties: value() }
  const pattern = namePattern({ node: propertyNames, path: step(path, 'propertyNames') }, document)
  return pattern === undefined ? {} : { patternProperties: { [pattern]: value() } }
}

const isAnyName = (names: Node): boolean =>
  Object.keys(names).every(key => key === 'type' && names[key] === 'string')

/** The names that a map may have, as a pattern. */
function namePattern({ node, path }: Place, document: SchemaDocument): string | undefined {
  if (isNode(node)) {
    if (node['$ref'] !== undefined) {
      const pointer = document.resolve(node['$ref'], path)
      return pointer === undefined
        ? undefined
        : namePattern({ node: document.find(pointer), path: pointer }, document)
    }
    const { type = 'string', pattern, enum: values, const: value } = node
    const listed = value === undefined ? values : [value]
    const known = ['type', 'pattern', 'enum', 'const', 'title', 'description']
    const isAlone = type === 'string' && Object.keys(node).every(key => known.includes(key))
    if (isAlone && typeof pattern === 'string' && listed === undefined) return pattern
    if (
      isAlone &&
      pattern === undefined &&
      Array.isArray(listed) &&
      listed.every(name => typeof name === 'string')
    )
      return `^(?:${listed.map(name => name.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('|')})$`
  }
  document.refuse(
    path,
    'says more of names than a pattern or a list can; use {"pattern": …} or {"enum": […]} alone',
  )
  return undefined
}
