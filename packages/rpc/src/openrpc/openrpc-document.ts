import type { PlainSchema, PlainTypes } from '../schema/plain-schema.js'

/** An OpenRPC document (https://spec.open-rpc.org), with extensions for what OpenRPC cannot express. */
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
  /** OpenRPC allows extensions everywhere but in an error itself; so they are in its `data`, which may be anything. */
  data: { 'x-name': string; 'x-data'?: PlainSchema }
}

/** OpenRPC refers by pointers into the document: this, and the name as a step. */
export const schemasPointer = '#/components/schemas'

/** A schema that accepts null and says nothing more. */
export const isNull = (schema: PlainSchema): boolean =>
  schema.type === 'null' && Object.keys(schema).length === 1
