import type { SchemaJson } from '../contract/contract-json.js'
import type { TypeRef } from './model.js'

/** What the readers of structs and unions need of the one that reads whole contracts. */
export interface SchemaReader {
  /** A schema where it stands. `words` name it if it needs a name and has none. */
  typeRef(schema: SchemaJson, path: string, words: string): TypeRef
  /** Follows `$ref`. */
  resolve(schema: SchemaJson): SchemaJson
  /** The name of the type that a reference leads to. */
  nameOf(schema: SchemaJson): string | undefined
  /** Each fault once, though a union is read anew where it stands inside another. */
  refuse(path: string, message: string, whole?: string): void
}
