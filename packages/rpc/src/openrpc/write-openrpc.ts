import type { Contract } from '../contract/contract-spec.js'
import { plainContract } from '../contract/define-contract.js'
import { nameTypes } from '../contract/name-types.js'
import type { PlainError, PlainMethod, PlainSide } from '../contract/plain-contract.js'
import { defined } from '../json/defined.js'
import { step } from '../json/json-pointer.js'
import { mapRecord } from '../json/map-record.js'
import { resolve, type PlainSchema, type PlainTypes } from '../schema/plain-schema.js'
import { mapSubschemas } from '../schema/subschemas.js'
import {
  isNull,
  schemasPointer,
  type OpenRpcDocument,
  type OpenRpcError,
  type OpenRpcMethod,
  type OpenRpcValue,
} from './openrpc-document.js'

/** The OpenRPC document of a contract: what `rpc.discover` answers, and what documentation tools read. */
export function discover(contract: Contract): OpenRpcDocument {
  const named = nameTypes(plainContract(contract))
  const document: OpenRpcDocument = {
    openrpc: '1.3.2',
    info: { title: named.name, version: named.version },
    methods: methodsOf(named.child, named.types),
    components: { schemas: mapRecord(named.types, pointing) },
    'x-host': methodsOf(named.host, named.types),
    'x-contract-hash': contract.hash,
  }
  return JSON.parse(JSON.stringify(document)) as OpenRpcDocument
}

/** OpenRPC references are pointers into the document. */
function pointing(schema: PlainSchema): PlainSchema {
  const plain = mapSubschemas(schema, [], pointing)
  return schema.$ref === undefined ? plain : { ...plain, $ref: schemasPointer + step(schema.$ref) }
}

const methodsOf = (side: PlainSide, types: PlainTypes): OpenRpcMethod[] => [
  ...Object.entries(side.methods).map(([name, method]) => methodOf(name, method, types)),
  ...Object.entries(side.notifications).map(([name, params]) => ({ name, ...paramsOf(params, types) })),
]

function methodOf(name: string, method: PlainMethod, types: PlainTypes): OpenRpcMethod {
  const { summary, description, deprecated, idempotent, params, result, stream, progress, errors } = method
  return {
    name,
    ...defined({ summary, description, deprecated }),
    ...paramsOf(params, types),
    // An empty list says that there are none, which is not the same as an empty object.
    ...(params !== undefined && isEmpty(params, types) ? { 'x-params': pointing(params) } : {}),
    result: resultOf(result),
    ...defined({
      errors: errors && Object.entries(errors).map(([error, spec]) => errorOf(error, spec)),
      'x-stream': stream && pointing(stream),
      'x-progress': progress && pointing(progress),
      'x-idempotent': idempotent,
    }),
  }
}

const isEmpty = (params: PlainSchema, types: PlainTypes): boolean => {
  const { type, properties = {} } = resolve(params, types)
  return type === 'object' && Object.keys(properties).length === 0
}

/** A method without a result answers null; one that declares null says so by the name. */
function resultOf(schema: PlainSchema | undefined): OpenRpcValue {
  if (schema === undefined) return { name: 'result', schema: { type: 'null' } }
  return { name: isNull(schema) ? 'null' : 'result', schema: pointing(schema) }
}

const errorOf = (name: string, { code, summary, data }: PlainError): OpenRpcError => ({
  code,
  message: summary ?? name,
  data: { 'x-name': name, ...defined({ 'x-data': data && pointing(data) }) },
})

type Params = Pick<OpenRpcMethod, 'paramStructure' | 'params' | 'x-params'>

function paramsOf(schema: PlainSchema | undefined, types: PlainTypes): Params {
  if (schema === undefined) return { paramStructure: 'by-name', params: [] }
  const plain = resolve(schema, types)
  if (Array.isArray(plain.items)) {
    const params = plain.items.map((item, i): OpenRpcValue => ({
      name: item.title ?? `p${i}`,
      schema: pointing(item),
      required: true,
    }))
    return {
      paramStructure: 'by-position',
      params,
      ...defined({ 'x-params': plain === schema ? undefined : pointing(schema) }),
    }
  }
  const members = Object.entries(plain.properties ?? {}).filter(([name]) => name !== '')
  const params = members.map(([name, member]): OpenRpcValue => ({
    name,
    schema: pointing(member),
    ...(plain.required?.includes(name) === true ? { required: true } : {}),
  }))
  const saysAll = Object.keys(schema).every(
    key => key === 'type' || key === 'properties' || key === 'required',
  )
  const isWhole = saysAll && members.length === Object.keys(plain.properties ?? {}).length
  return {
    paramStructure: 'by-name',
    params,
    ...(isWhole && plain.properties !== undefined ? {} : { 'x-params': pointing(schema) }),
  }
}
