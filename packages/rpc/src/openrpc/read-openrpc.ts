import type { PlainContract, PlainError, PlainMethod, PlainSide } from '../contract/plain-contract.js'
import { defined } from '../json/defined.js'
import { nameOfStep } from '../json/json-pointer.js'
import { mapRecord } from '../json/map-record.js'
import type { PlainSchema } from '../schema/plain-schema.js'
import { mapSubschemas } from '../schema/subschemas.js'
import {
  isNull,
  schemasPointer,
  type OpenRpcDocument,
  type OpenRpcError,
  type OpenRpcMethod,
} from './openrpc-document.js'

/** The contract that a document of {@link discover} describes, whatever language produced it. */
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

/** References by name again. */
function naming(schema: PlainSchema): PlainSchema {
  const plain = mapSubschemas(schema, [], naming)
  const { $ref } = schema
  return $ref === undefined ? plain : { ...plain, $ref: nameOfStep($ref.slice(schemasPointer.length + 1)) }
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
    ...defined({ summary, description }),
    ...(deprecated === true ? { deprecated } : {}),
    ...(method.params.length === 0 && method['x-params'] === undefined && method.paramStructure === 'by-name'
      ? {}
      : { params: readParams(method) }),
    ...(result === undefined || (result.name === 'result' && isNull(result.schema))
      ? {}
      : { result: naming(result.schema) }),
    ...defined({
      stream: stream && naming(stream),
      progress: progress && naming(progress),
      errors: errors && Object.fromEntries(errors.map(readError)),
    }),
    ...(idempotent === true ? { idempotent } : {}),
  }
}

const readError = ({ code, message, data }: OpenRpcError): [string, PlainError] => [
  data['x-name'],
  {
    code,
    ...(message === data['x-name'] ? {} : { summary: message }),
    ...defined({ data: data['x-data'] && naming(data['x-data']) }),
  },
]
