import type { SchemaJson } from '../contract/contract-json.js'
import type { Docs, Kind, LiteralValue } from './model.js'

/** Says it nothing about the value? */
export const isAny = (schema: SchemaJson): boolean =>
  [schema.type, schema.const, schema.enum, schema.anyOf, schema.allOf, schema.$ref].every(
    part => part === undefined,
  )

/** An object with members of its own; else it is a map. */
export const isStruct = (schema: SchemaJson): boolean =>
  schema.properties !== undefined || schema.additionalProperties === false

/** Its words for people; a default is one of them, for nobody puts it where a value is missing. */
export const docsOf = (schema: SchemaJson): Docs => docTexts(schema.description, defaultText(schema))

function defaultText({ default: value }: SchemaJson): string | undefined {
  const text = value === undefined ? undefined : JSON.stringify(value)
  return text === undefined || text.length > longestDefault ? undefined : `Default: ${text}`
}

const longestDefault = 200

/** What a member says, and what stands for it where it is absent. */
export const memberDocs = (schema: SchemaJson): Docs =>
  docTexts(
    schema.description,
    schema.default === undefined ? undefined : `Default: ${JSON.stringify(schema.default)}.`,
  )

/** Texts that say something: blank ones do not. Half a character cannot be printed in every language. */
export const docTexts = (...texts: readonly (string | undefined)[]): Docs =>
  texts.flatMap(text =>
    text === undefined || text.trim() === '' ? [] : [text.replace(/\p{Cs}/gu, '\ufffd')],
  )

/** Those of the keywords that the schema has. */
export function pick<K extends keyof SchemaJson>(
  schema: SchemaJson,
  keys: readonly K[],
): { [P in K]?: NonNullable<SchemaJson[P]> } {
  return Object.fromEntries(keys.filter(key => schema[key] !== undefined).map(key => [key, schema[key]])) as {
    [P in K]?: NonNullable<SchemaJson[P]>
  }
}

/** The kinds of the values that a schema lists. */
export const literalKinds = (schema: SchemaJson): Kind[] => {
  if (schema.type !== undefined) return [schema.type]
  return [...new Set((schema.enum ?? [schema.const ?? null]).map(kindOfLiteral))]
}

/** JSON's kind; it knows one of numbers. */
export const kindOfLiteral = (value: LiteralValue): 'null' | 'string' | 'number' | 'boolean' => {
  if (value === null) return 'null'
  return typeof value as 'string' | 'number' | 'boolean'
}

/** A list of values, to be known by a name: one value alone needs none. */
export const isList = (schema: SchemaJson): boolean =>
  schema.enum !== undefined && (new Set(schema.enum).size > 1 || schema['x-open'] === true)
