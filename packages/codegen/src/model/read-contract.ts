import { CodegenError } from '../contract/codegen-error.js'
import {
  own,
  step,
  type ContractJson,
  type MethodJson,
  type SchemaJson,
  type SideJson,
  type TypesJson,
} from '../contract/contract-json.js'
import type {
  ErrorModel,
  MethodModel,
  Model,
  NamedType,
  NotificationModel,
  ParamsModel,
  SideModel,
} from './model.js'
import type { Target } from './target.js'
import { TypeReader } from './read-type.js'
import { docsOf, docTexts } from './schema-facts.js'

/**
 * A serialised contract as a model. Throws a CodegenError that lists everything that cannot be generated, in any language
 * or in the one that is asked for, each with its path, the reason and the fix.
 */
export function readContract(contract: ContractJson, language?: Pick<Target, 'title' | 'refusals'>): Model {
  const endless = Object.keys(contract.types).filter(name => isEndless(name, contract.types))
  if (endless.length > 0)
    throw new CodegenError(
      `No code can be generated for the contract '${contract.name}'`,
      endless.map(name => ({ path: step('/types', name), message: 'is only another name for itself' })),
    )
  const reader = new TypeReader(contract.types)
  const model = {
    name: contract.name,
    version: contract.version,
    hash: contract.hash,
    foreign: contract.foreign,
    child: readSide(contract.child, '/child', reader),
    host: readSide(contract.host, '/host', reader),
  }
  reader.declare()
  const types = reader.types()
  const byId = new Map(types.map(type => [type.id, type]))
  const typeOf = (id: string): NamedType => {
    const type = byId.get(id)
    if (type === undefined) throw new Error(`There is no type '${id}' in the contract '${contract.name}'`)
    return type
  }
  const whole = { ...model, types, typeOf }
  const refusals = [...reader.refusals, ...(language?.refusals?.(whole) ?? [])]
  const title = reader.refusals.length > 0 ? 'code' : (language?.title ?? 'code')
  if (refusals.length > 0)
    throw new CodegenError(`No ${title} can be generated for the contract '${contract.name}'`, refusals)
  return whole
}

/** Do its references lead back to it? No reader of it would ever get to a schema. */
function isEndless(name: string, types: TypesJson): boolean {
  const seen = new Set([name])
  for (let next = own(types, name)?.$ref; next !== undefined; next = own(types, next)?.$ref) {
    if (seen.has(next)) return true
    seen.add(next)
  }
  return false
}

function readSide(side: SideJson, path: string, reader: TypeReader): SideModel {
  return {
    methods: Object.entries(side.methods).map(([name, method]) =>
      readMethod(name, method, step(path, 'methods', name), reader),
    ),
    notifications: Object.entries(side.notifications).map(([name, params]) =>
      readNotification(name, params, step(path, 'notifications', name), reader),
    ),
  }
}

function readMethod(name: string, method: MethodJson, path: string, reader: TypeReader): MethodModel {
  const ref = (part: 'result' | 'stream' | 'progress', word: string) =>
    method[part] === undefined ? undefined : reader.typeRef(method[part], step(path, part), `${name} ${word}`)
  return {
    name,
    docs: docTexts(method.summary, method.description),
    deprecated: method.deprecated === true,
    idempotent: method.idempotent === true,
    params: readParams(name, method.params, step(path, 'params'), reader),
    result: ref('result', 'result'),
    stream: ref('stream', 'item'),
    progress: ref('progress', 'progress'),
    errors: Object.entries(method.errors ?? {}).map(([error, spec]): ErrorModel => ({
      name: error,
      id: `${name} ${error}`,
      code: spec.code,
      docs: docTexts(spec.summary),
      data:
        spec.data === undefined
          ? undefined
          : reader.typeRef(spec.data, step(path, 'errors', error, 'data'), `${name} ${error} data`),
    })),
  }
}

const readNotification = (
  name: string,
  params: SchemaJson,
  path: string,
  reader: TypeReader,
): NotificationModel => ({
  name,
  docs: docsOf(params),
  params: readParams(name, params, path, reader),
})

function readParams(
  name: string,
  schema: SchemaJson | undefined,
  path: string,
  reader: TypeReader,
): ParamsModel {
  if (schema === undefined) return { type: undefined, positional: false, optional: true }
  const plain = reader.resolve(schema)
  const positional = plain.type === 'array'
  const optional = positional
    ? Array.isArray(plain.items) && plain.items.length === 0
    : plain.type === 'object' && (plain.required ?? []).length === 0
  return { type: reader.typeRef(schema, path, `${name} params`), positional, optional }
}
