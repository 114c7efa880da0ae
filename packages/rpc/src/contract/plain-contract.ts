import type { ErrorClass } from '../errors/rpc-error.js'
import { mapRecord } from '../json/map-record.js'
import type { PlainSchema, PlainTypes } from '../schema/plain-schema.js'
import type { ForeignSpec, Side } from './contract-spec.js'

/** A contract as plain data: its schemas are plain ones, and empty optional parts are present. */
export interface PlainContract {
  name: string
  version: string
  types: PlainTypes
  child: PlainSide
  host: PlainSide
  foreign?: Exclude<ForeignSpec, true>
}
export interface PlainSide {
  methods: Record<string, PlainMethod>
  /** The params of each. */
  notifications: PlainTypes
}
export interface PlainMethod {
  summary?: string
  description?: string
  deprecated?: true
  idempotent?: true
  params?: PlainSchema
  result?: PlainSchema
  stream?: PlainSchema
  progress?: PlainSchema
  errors?: Record<string, PlainError>
}
export interface PlainError {
  code: number
  summary?: string
  data?: PlainSchema
  /** Not enumerable: the class that generated code has for it. */
  readonly '~class'?: ErrorClass
}

export const sides: readonly Side[] = ['child', 'host']
export const methodSchemas = ['params', 'result', 'stream', 'progress'] as const

/** The same contract with every schema in it replaced: those of types, methods, notifications and errors. */
export function mapSchemas(
  contract: PlainContract,
  map: (schema: PlainSchema, path: readonly string[]) => PlainSchema,
): PlainContract {
  const side = (from: PlainSide, name: Side): PlainSide => ({
    methods: mapRecord(from.methods, (method, key) => mapMethod(method, [name, 'methods', key], map)),
    notifications: mapRecord(from.notifications, (schema, key) => map(schema, [name, 'notifications', key])),
  })
  return {
    ...contract,
    types: mapRecord(contract.types, (schema, name) => map(schema, ['types', name])),
    child: side(contract.child, 'child'),
    host: side(contract.host, 'host'),
  }
}

function mapMethod(
  method: PlainMethod,
  path: readonly string[],
  map: (schema: PlainSchema, path: readonly string[]) => PlainSchema,
): PlainMethod {
  const mapped = { ...method }
  for (const part of methodSchemas) {
    const schema = method[part]
    if (schema !== undefined) mapped[part] = map(schema, [...path, part])
  }
  if (method.errors !== undefined)
    mapped.errors = mapRecord(method.errors, (error, name) =>
      error.data === undefined
        ? error
        : { ...error, data: map(error.data, [...path, 'errors', name, 'data']) },
    )
  return mapped
}
