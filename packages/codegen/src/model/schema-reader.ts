import type { SchemaJson, TypesJson } from '../contract/contract-json.js'
import type { TypeRef } from './model.js'

/** What the readers of structs and unions need of the one that reads whole contracts. */
export interface SchemaReader {
  /** The contract's types by their names. */
  readonly schemas: TypesJson
  /** A reference to a schema's type. `words` name the type if it needs a name and has none. */
  typeRef(schema: SchemaJson, path: string, words: string): TypeRef
  /** The same with a name for whatever it is. */
  namedRef(schema: SchemaJson, path: string, words: string): TypeRef & { kind: 'named' }
  /** Follows `$ref`. */
  resolve(schema: SchemaJson): SchemaJson
  /** Each fault is reported once, though a union is read again inside another one. */
  refuse(path: string, message: string, whole?: string): void
}
