import type { PlainSchema } from '@simple-ipc/rpc'
import { step } from '../../contract/contract-json.js'
import { described, follow, type OpenRpcOptions } from './openrpc-document.js'
import type { Node, SchemaDocument } from '../json-schema/schema-document.js'

interface Param {
  name: string
  schema: PlainSchema
  required: boolean
  path: string
}

/** The params of a method as one object or one tuple; undefined if there are none. */
export function readParams(
  method: Node,
  path: string,
  document: SchemaDocument,
  options: OpenRpcOptions,
): PlainSchema | undefined {
  // Our own documents say with it what a list of params cannot say.
  if (method['x-params'] !== undefined)
    return document.read({ node: method['x-params'], path: step(path, 'x-params') })
  const { params: list = [], paramStructure = 'either' } = method
  const at = step(path, 'params')
  if (!Array.isArray(list)) {
    document.refuse(at, 'must be a list of params')
    return undefined
  }
  if (paramStructure !== 'by-name' && paramStructure !== 'by-position' && paramStructure !== 'either')
    document.refuse(step(path, 'paramStructure'), 'must be by-name, by-position or either')
  const params = list.flatMap((each: unknown, i) => readParam(each, step(at, i), document))
  if (params.length === 0) return undefined
  const isPositional = (paramStructure === 'either' ? options.params : paramStructure) === 'by-position'
  return isPositional ? byPosition(params, document) : byName(params, document)
}

function readParam(each: unknown, path: string, document: SchemaDocument): Param[] {
  const found = follow({ node: each, path }, document)
  if (found === undefined) return []
  const { node, path: at } = found
  const { name, schema, required } = node
  if (typeof name !== 'string' || name === '') {
    document.refuse(step(at, 'name'), 'must be a string: the name of the param')
    return []
  }
  if (schema === undefined) {
    document.refuse(step(at, 'schema'), 'is missing; for any value write {}')
    return []
  }
  const read = document.read({ node: schema, path: step(at, 'schema') })
  return [{ name, schema: described(read, node), required: required === true, path: at }]
}

function byName(params: readonly Param[], document: SchemaDocument): PlainSchema {
  const found = new Map<string, Param>()
  for (const param of params) {
    const other = found.get(param.name)
    if (other !== undefined)
      document.refuse(
        step(param.path, 'name'),
        `is '${param.name}' like that of ${other.path}; rename one of them`,
      )
    found.set(param.name, param)
  }
  const required = [...found.values()].filter(param => param.required).map(({ name }) => name)
  return {
    type: 'object',
    properties: Object.fromEntries([...found].map(([name, { schema }]) => [name, schema])),
    ...(required.length === 0 ? {} : { required }),
  }
}

/** A tuple has all its elements: what may be left out at the end by position has no place in it. */
function byPosition(params: readonly Param[], document: SchemaDocument): PlainSchema {
  return {
    type: 'array',
    items: params.map(param => always(param, document)),
    additionalItems: false,
    minItems: params.length,
  }
}

function always({ name, schema: plain, required, path }: Param, document: SchemaDocument): PlainSchema {
  const schema = titled(plain, name)
  if (required) return schema
  const at = step(path, 'required')
  if (document.asks(at, 'or-null')) return { anyOf: [schema, { type: 'null' }] }
  document.refuse(
    at,
    'must be true, for params by position are a tuple of fixed length; let them travel by name, or send null with an exception "or-null"',
  )
  return schema
}

/** The only place for the name of an element; where a type would be named by it, that name stays free. */
function titled(schema: PlainSchema, name: string): PlainSchema {
  const isNamed = schema.type === 'object' || Array.isArray(schema.items) || schema.enum !== undefined
  const isSimple = schema.$ref !== undefined || (schema.type !== undefined && !isNamed)
  return isSimple && schema.title === undefined && schema.enum === undefined
    ? { ...schema, title: name }
    : schema
}
