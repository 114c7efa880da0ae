import type { OpenRpcMethod, PlainError, PlainMethod, PlainSchema, PlainSide } from '@simple-ipc/rpc'
import { step } from '../../contract/contract-json.js'
import { pascalCase } from '../../naming/words.js'
import { described, follow, type OpenRpcOptions } from './openrpc-document.js'
import { readParams } from './openrpc-params.js'
import { isNode, type Node, type Place, type SchemaDocument } from '../json-schema/schema-document.js'

/** The methods of one side; those without a result are notifications. */
export function readMethods(
  list: unknown,
  path: string,
  document: SchemaDocument,
  options: OpenRpcOptions,
): PlainSide {
  const side: PlainSide = { methods: {}, notifications: {} }
  if (!Array.isArray(list)) {
    document.refuse(path, 'must be a list of methods')
    return side
  }
  const methods = new Map<string, PlainMethod>()
  const notifications = new Map<string, PlainSchema>()
  const places = new Map<string, string>()
  for (const [i, each] of list.entries()) {
    // Left out by an exception.
    if (each === undefined) continue
    const place = follow({ node: each, path: step(path, i) }, document)
    if (place === undefined) continue
    const { node, path: at } = place
    const { name } = node
    if (typeof name !== 'string' || name === '') {
      document.refuse(step(at, 'name'), 'must be a string: the name of the method')
      continue
    }
    if (name === 'rpc.discover') {
      document.note(at, 'is left out; every peer answers rpc.discover')
      continue
    }
    const other = places.get(name)
    if (other !== undefined)
      document.refuse(step(at, 'name'), `is '${name}' like that of ${other}; rename one of them`)
    places.set(name, at)
    noteUnused(node, at, document)
    if (node['result'] === undefined) notifications.set(name, readNotification(node, at, document, options))
    else methods.set(name, readMethod(node, at, document, options))
  }
  return { methods: Object.fromEntries(methods), notifications: Object.fromEntries(notifications) }
}

const known = [
  ...['name', 'summary', 'description', 'deprecated', 'params', 'paramStructure', 'result', 'errors'],
  ...['x-params', 'x-stream', 'x-progress', 'x-idempotent'],
]
const unused = ['tags', 'externalDocs', 'servers', 'links', 'examples']

function noteUnused(method: Node, path: string, document: SchemaDocument): void {
  for (const key of Object.keys(method)) {
    // A method in a file of its own has an address.
    if (known.includes(key) || key === '$id') continue
    if (unused.includes(key) || key.startsWith('x-'))
      document.note(step(path, key), 'is left out; a contract has no place for it')
    else
      document.refuse(
        step(path, key),
        `is not a member of a method; expected one of ${[...known.slice(0, 8), ...unused].join(', ')}`,
      )
  }
}

function readMethod(
  node: Node,
  path: string,
  document: SchemaDocument,
  options: OpenRpcOptions,
): PlainMethod {
  const part = (key: string): PlainSchema | undefined =>
    node[key] === undefined ? undefined : document.read({ node: node[key], path: step(path, key) })
  const params = readParams(node, path, document, options)
  const result = readResult({ node: node['result'], path: step(path, 'result') }, document)
  const stream = part('x-stream')
  const progress = part('x-progress')
  const errors = readErrors(node['errors'], step(path, 'errors'), document)
  return {
    ...textsOf(node),
    ...(node['deprecated'] === true ? { deprecated: true } : {}),
    ...(node['x-idempotent'] === true ? { idempotent: true } : {}),
    ...(params === undefined ? {} : { params }),
    ...(result === undefined ? {} : { result }),
    ...(stream === undefined ? {} : { stream }),
    ...(progress === undefined ? {} : { progress }),
    ...(errors === undefined ? {} : { errors }),
  }
}

const textsOf = (node: Node): Pick<PlainMethod, 'summary' | 'description'> => ({
  ...(typeof node['summary'] === 'string' ? { summary: node['summary'] } : {}),
  ...(typeof node['description'] === 'string' && node['description'] !== node['summary']
    ? { description: node['description'] }
    : {}),
})

function readNotification(
  node: Node,
  path: string,
  document: SchemaDocument,
  options: OpenRpcOptions,
): PlainSchema {
  const schema = readParams(node, path, document, options) ?? { type: 'object', properties: {} }
  const texts = [node['summary'], node['description']].filter(text => typeof text === 'string' && text !== '')
  return texts.length === 0 || schema.description !== undefined
    ? schema
    : { ...schema, description: texts.join('\n\n') }
}

/**
 * What can only be null is a result like others. Our own documents, where they were changed by hand, say by the name of
 * the value whether there is one.
 */
function readResult(place: Place, document: SchemaDocument): PlainSchema | undefined {
  const found = follow(place, document)
  if (found === undefined) return undefined
  const at = step(found.path, 'schema')
  if (found.node['schema'] === undefined) {
    document.refuse(at, 'is missing; for any value write {}')
    return undefined
  }
  if (found.node['schema'] === false) {
    document.note(at, 'accepts nothing; read as null, with which a method answers that returns nothing')
    return { type: 'null' }
  }
  const schema = document.read({ node: found.node['schema'], path: at })
  const result = described(schema, found.node)
  const isBare = result.type === 'null' && Object.keys(result).length === 1
  return document.isOwn && isBare && found.node['name'] === 'result' ? undefined : result
}

function readErrors(
  list: unknown,
  path: string,
  document: SchemaDocument,
): Record<string, PlainError> | undefined {
  if (list === undefined || (Array.isArray(list) && list.length === 0)) return undefined
  if (!Array.isArray(list)) {
    document.refuse(path, 'must be a list of errors')
    return undefined
  }
  const errors = new Map<string, PlainError>()
  for (const [i, each] of list.entries()) {
    // Left out by an exception.
    if (each === undefined) continue
    const found = follow({ node: each, path: step(path, i) }, document)
    if (found === undefined) continue
    const { node, path: at } = found
    const { code, message, data } = node
    const own: Node = isNode(data) ? data : {}
    const text = typeof message === 'string' ? message : ''
    const words = typeof own['x-name'] === 'string' ? own['x-name'] : pascalCase(text)
    const name = words === '' ? `Error${String(code).replace('-', 'Minus')}` : words
    if (typeof code !== 'number') document.refuse(step(at, 'code'), 'must be an integer')
    if (errors.has(name))
      document.refuse(
        step(at, 'message'),
        `would name this error '${name}' like another of the method; give each a message of its own`,
      )
    // Anything else in data is an example, not a schema.
    const schema = own['x-data']
    errors.set(name, {
      code: Number(code),
      ...(text === '' || text === name ? {} : { summary: text }),
      ...(schema === undefined
        ? {}
        : { data: document.read({ node: schema, path: step(at, 'data', 'x-data') }) }),
    })
  }
  return Object.fromEntries(errors)
}

/** The texts of a document's methods, put beside what was read of them. */
export function methodDocs(side: PlainSide, methods: readonly OpenRpcMethod[]): PlainSide {
  const byName = new Map(methods.map(method => [method.name, method]))
  const entries = Object.entries(side.methods).map(([name, method]): [string, PlainMethod] => {
    const { summary, description, deprecated, errors = [] } = byName.get(name) ?? {}
    const messages = new Map(errors.map(({ data, message }) => [data['x-name'], message]))
    const told = Object.entries(method.errors ?? {}).map(([error, spec]): [string, PlainError] => {
      const message = messages.get(error)
      return [error, message === undefined || message === error ? spec : { ...spec, summary: message }]
    })
    return [
      name,
      {
        ...(summary === undefined ? {} : { summary }),
        ...(description === undefined ? {} : { description }),
        ...(deprecated === undefined ? {} : { deprecated }),
        ...method,
        ...(told.length === 0 ? {} : { errors: Object.fromEntries(told) }),
      },
    ]
  })
  return { ...side, methods: Object.fromEntries(entries) }
}
