import type { Contract } from '../contract/contract-spec.js'
import { plainContract } from '../contract/define-contract.js'
import { nameTypes } from '../contract/name-types.js'
import type { PlainContract, PlainError, PlainMethod, PlainSide } from '../contract/plain-contract.js'
import { mapRecord } from '../json/map-record.js'
import { resolve, step, type PlainSchema, type PlainTypes } from '../schema/plain-schema.js'
import { mapSubschemas } from '../schema/subschemas.js'

/** An OpenRPC document (https://spec.open-rpc.org), with extensions for what OpenRPC has no words for. */
export interface OpenRpcDocument {
  openrpc: '1.3.2'
  info: { title: string; version: string }
  /** What the child implements; what has no `result` is a notification. */
  methods: OpenRpcMethod[]
  components: { schemas: PlainTypes }
  /** What the host implements, in the same form. */
  'x-host': OpenRpcMethod[]
  'x-contract-hash': string
}
export interface OpenRpcMethod {
  name: string
  summary?: string
  description?: string
  deprecated?: true
  paramStructure: 'by-name' | 'by-position'
  params: OpenRpcValue[]
  /** The params as one schema, where a list of them does not say everything. */
  'x-params'?: PlainSchema
  result?: OpenRpcValue
  errors?: OpenRpcError[]
  'x-stream'?: PlainSchema
  'x-progress'?: PlainSchema
  'x-idempotent'?: true
}
export interface OpenRpcValue {
  name: string
  schema: PlainSchema
  required?: true
}
export interface OpenRpcError {
  code: number
  message: string
  /** OpenRPC allows extensions everywhere but in an error itself; so they stand in its `data`, which may be anything. */
  data: { 'x-name': string; 'x-data'?: PlainSchema }
}

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

const prefix = '#/components/schemas'

/** OpenRPC refers by pointers into the document. */
function pointing(schema: PlainSchema): PlainSchema {
  const plain = mapSubschemas(schema, [], pointing)
  return schema.$ref === undefined ? plain : { ...plain, $ref: prefix + step(schema.$ref) }
}

const methodsOf = (side: PlainSide, types: PlainTypes): OpenRpcMethod[] => [
  ...Object.entries(side.methods).map(([name, method]) => methodOf(name, method, types)),
  ...Object.entries(side.notifications).map(([name, params]) => ({ name, ...paramsOf(params, types) })),
]

function methodOf(name: string, method: PlainMethod, types: PlainTypes): OpenRpcMethod {
  const { summary, description, deprecated, idempotent, params, result, stream, progress, errors } = method
  return {
    name,
    ...(summary === undefined ? {} : { summary }),
    ...(description === undefined ? {} : { description }),
    ...(deprecated === undefined ? {} : { deprecated }),
    ...paramsOf(params, types),
    // An empty list says that there are none, which is not the same as an empty object.
    ...(params !== undefined && isEmpty(params, types) ? { 'x-params': pointing(params) } : {}),
    result: resultOf(result),
    ...(errors === undefined
      ? {}
      : { errors: Object.entries(errors).map(([error, spec]) => errorOf(error, spec)) }),
    ...(stream === undefined ? {} : { 'x-stream': pointing(stream) }),
    ...(progress === undefined ? {} : { 'x-progress': pointing(progress) }),
    ...(idempotent === undefined ? {} : { 'x-idempotent': idempotent }),
  }
}

const isEmpty = (params: PlainSchema, types: PlainTypes): boolean => {
  const { type, properties = {} } = resolve(params, types)
  return type === 'object' && Object.keys(properties).length === 0
}

/** What answers nothing answers null; what answers null on purpose says so by the name. */
function resultOf(schema: PlainSchema | undefined): OpenRpcValue {
  if (schema === undefined) return { name: 'result', schema: { type: 'null' } }
  return { name: isNull(schema) ? 'null' : 'result', schema: pointing(schema) }
}
const isNull = (schema: PlainSchema): boolean => schema.type === 'null' && Object.keys(schema).length === 1

const errorOf = (name: string, { code, summary, data }: PlainError): OpenRpcError => ({
  code,
  message: summary ?? name,
  data: { 'x-name': name, ...(data === undefined ? {} : { 'x-data': pointing(data) }) },
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
      ...(plain === schema ? {} : { 'x-params': pointing(schema) }),
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

// ---- reading -------------------------------------------------------------------------------------------------------

/** The contract that a document of {@link discover} tells, whatever language its writer is written in. */
export function fromOpenRpc(document: OpenRpcDocument): PlainContract {
  const side = (methods: readonly OpenRpcMethod[]): PlainSide => ({
    methods: Object.fromEntries(
      methods.filter(method => method.result !== undefined).map(method => [method.name, readMethod(method)]),
    ),
    notifications: Object.fromEntries(
      methods.filter(method => method.result === undefined).map(method => [method.name, readParams(method)]),
    ),
  })
  return {
    name: document.info.title,
    version: document.info.version,
    types: mapRecord(document.components.schemas, naming),
    child: side(document.methods),
    host: side(document['x-host']),
  }
}

/** Refers by names again. */
function naming(schema: PlainSchema): PlainSchema {
  const plain = mapSubschemas(schema, [], naming)
  const name = schema.$ref
    ?.slice(prefix.length + 1)
    .replaceAll('~1', '/')
    .replaceAll('~0', '~')
  return name === undefined ? plain : { ...plain, $ref: name }
}

function readParams(method: OpenRpcMethod): PlainSchema {
  const whole = method['x-params']
  if (whole !== undefined) return naming(whole)
  const { params } = method
  if (method.paramStructure === 'by-position')
    return {
      type: 'array',
      items: params.map(({ schema }) => naming(schema)),
      additionalItems: false,
      minItems: params.length,
    }
  const required = params.filter(param => param.required === true).map(({ name }) => name)
  return {
    type: 'object',
    properties: Object.fromEntries(params.map(({ name, schema }) => [name, naming(schema)])),
    ...(required.length === 0 ? {} : { required }),
  }
}

function readMethod(method: OpenRpcMethod): PlainMethod {
  const { result, errors, 'x-stream': stream, 'x-progress': progress, 'x-idempotent': idempotent } = method
  const { summary, description, deprecated } = method
  return {
    ...(summary === undefined ? {} : { summary }),
    ...(description === undefined ? {} : { description }),
    ...(deprecated === true ? { deprecated } : {}),
    ...(method.params.length === 0 && method['x-params'] === undefined && method.paramStructure === 'by-name'
      ? {}
      : { params: readParams(method) }),
    ...(result === undefined || (result.name === 'result' && isNull(result.schema))
      ? {}
      : { result: naming(result.schema) }),
    ...(stream === undefined ? {} : { stream: naming(stream) }),
    ...(progress === undefined ? {} : { progress: naming(progress) }),
    ...(errors === undefined ? {} : { errors: Object.fromEntries(errors.map(readError)) }),
    ...(idempotent === true ? { idempotent } : {}),
  }
}

const readError = ({ code, message, data }: OpenRpcError): [string, PlainError] => [
  data['x-name'],
  {
    code,
    ...(message === data['x-name'] ? {} : { summary: message }),
    ...(data['x-data'] === undefined ? {} : { data: naming(data['x-data']) }),
  },
]
