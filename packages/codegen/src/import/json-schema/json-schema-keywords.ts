// What the keywords of JSON Schema, and those that OpenAPI and OpenRPC documents add, are to a contract.

/** Kept as they are: they say something to people. */
export const kept: readonly string[] = [
  'title',
  'description',
  'default',
  'examples',
  'deprecated',
  'readOnly',
  'writeOnly',
  '$comment',
]

/** Say where schemas are, or in which dialect; nothing about values. */
export const structural: readonly string[] = [
  '$schema',
  '$id',
  'id',
  '$anchor',
  '$vocabulary',
  '$defs',
  'definitions',
  // Where we put other files.
  '$files',
]

/** Say something to people or programs that a contract has no place for. */
export const dropped: readonly string[] = [
  'example',
  'externalDocs',
  'xml',
  'discriminator',
  'contentMediaType',
  'contentSchema',
  // Those of an editor.
  'allowComments',
  'allowTrailingCommas',
  'defaultSnippets',
  'deprecationMessage',
  'enumDescriptions',
  'errorMessage',
  'markdownDescription',
  'markdownEnumDescriptions',
]

export const typeNames = ['null', 'boolean', 'integer', 'number', 'string', 'array', 'object'] as const
export type SchemaType = (typeof typeNames)[number]

const numbers = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'format']
/** Which keywords say something about values of which type. */
export const keywordsOf: Readonly<Record<SchemaType, readonly string[]>> = {
  null: [],
  boolean: [],
  integer: numbers,
  number: numbers,
  string: ['minLength', 'maxLength', 'pattern', 'format', 'contentEncoding'],
  array: [
    'items',
    'prefixItems',
    'additionalItems',
    'minItems',
    'maxItems',
    'uniqueItems',
    'contains',
    'minContains',
    'maxContains',
    'unevaluatedItems',
  ],
  object: [
    'properties',
    'required',
    'additionalProperties',
    'patternProperties',
    'propertyNames',
    'minProperties',
    'maxProperties',
    'unevaluatedProperties',
    'dependencies',
    'dependentRequired',
    'dependentSchemas',
  ],
}

/** Stand in any schema. */
const general: readonly string[] = ['$ref', 'type', 'nullable', 'const', 'enum', 'allOf', 'anyOf', 'oneOf']

/** What cannot be carried, and what to write instead. */
export const refused: Readonly<Record<string, string>> = {
  not: 'cannot be generated in other languages; say what is allowed instead',
  if: 'makes conditions, which cannot be generated in other languages; use oneOf with objects that have a const each',
  then: 'goes with if; use oneOf with objects that have a const each',
  else: 'goes with if; use oneOf with objects that have a const each',
  contains: 'cannot be generated in other languages; leave it out, and check it in the handler',
  minContains: 'goes with contains; leave it out',
  maxContains: 'goes with contains; leave it out',
  unevaluatedItems: 'depends on other schemas; write a tuple with prefixItems and items: false',
  dependencies: 'cannot be generated in other languages; use oneOf with objects that have a const each',
  dependentRequired: 'cannot be generated in other languages; use oneOf with objects that have a const each',
  dependentSchemas: 'cannot be generated in other languages; use oneOf with objects that have a const each',
  $dynamicRef: 'is known only when a value is checked; use $ref',
  $recursiveRef: 'is known only when a value is checked; use $ref',
  $dynamicAnchor: 'goes with $dynamicRef; use $ref',
  $recursiveAnchor: 'goes with $recursiveRef; use $ref',
}

/** Everything that decides about values. */
export const keywords: ReadonlySet<string> = new Set([
  ...general,
  ...Object.values(keywordsOf).flat(),
  ...Object.keys(refused),
])

/** A schema without what is only for people. */
export const bare = (node: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(node).filter(([key, value]) => keywords.has(key) && value !== undefined))

const saying: ReadonlySet<string> = new Set([...keywords, ...kept, ...structural, ...dropped])

/** Is it no schema, but named schemas? Some programs keep those of a revision in a folder below `definitions`. */
export function isFolder(value: unknown): value is Record<string, object> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const entries = Object.entries(value as Record<string, unknown>)
  return (
    entries.length > 0 &&
    entries.every(([key, entry]) => !saying.has(key) && !key.startsWith('x-') && isSchemaOrFolder(entry))
  )
}

const isSchemaOrFolder = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (Object.keys(value).some(key => saying.has(key)) || isFolder(value))
