import type { TypeName } from '../schema/plain-schema.js'

// Which keywords a schema may hold. A misspelt one would silently check nothing, one of another dialect would check
// something in TypeScript only; so everything that is not listed here is rejected.

/** Annotations, which check nothing. So is every keyword that begins with `x-`. */
export const annotations: readonly string[] = [
  'title',
  'description',
  'summary',
  'default',
  'examples',
  'deprecated',
  'readOnly',
  'writeOnly',
  'contentMediaType',
  '$comment',
  '$id',
]

const numbers = ['minimum', 'exclusiveMinimum', 'maximum', 'exclusiveMaximum', 'const', 'enum']
export const keywordsOf: Record<TypeName, readonly string[]> = {
  null: ['const', 'enum'],
  boolean: ['const', 'enum'],
  integer: [...numbers, 'multipleOf'],
  number: numbers,
  string: ['minLength', 'maxLength', 'pattern', 'format', 'contentEncoding', 'const', 'enum'],
  array: ['items', 'additionalItems', 'minItems', 'maxItems', 'uniqueItems'],
  object: [
    'properties',
    'required',
    'additionalProperties',
    'patternProperties',
    'minProperties',
    'maxProperties',
  ],
}

/** Types that JSON does not have, and keywords that other languages cannot check in the same way: what to write instead. */
export const noSuchType: Readonly<Record<string, string>> = {
  bigint: 'JSON has no big integers; use Int64() or UInt64()',
  undefined:
    'JSON has no undefined; use Type.Optional for a member that may be absent, Type.Null() for a value',
  void: 'JSON has no undefined; leave result out of a method that answers nothing, or use Type.Null()',
  symbol: 'symbols cannot travel; use Type.String() or Type.Enum()',
  function: 'functions cannot travel; declare a method on the other side and let it be called',
  constructor: 'constructors cannot travel; declare a method on the other side and let it be called',
}
export const noSuchKeyword: Readonly<Record<string, string>> = {
  not: 'Type.Never and not cannot be generated in other languages; say what is allowed instead',
  if: 'conditions cannot be generated in other languages; use a Type.Union of objects with a Type.Literal each',
  then: 'goes with if; use a Type.Union of objects with a Type.Literal each',
  else: 'goes with if; use a Type.Union of objects with a Type.Literal each',
  oneOf: 'use Type.Union (anyOf)',
  prefixItems: 'use Type.Tuple',
  contains: 'cannot be generated in other languages; leave it out, or check it in the handler',
  propertyNames: 'use Type.Record(Type.String({ pattern }), …)',
  dependencies: 'use a Type.Union of objects',
  dependentRequired: 'use a Type.Union of objects',
  dependentSchemas: 'use a Type.Union of objects',
  unevaluatedProperties: 'use Type.Evaluate(Type.Intersect([…])) with additionalProperties: false',
  unevaluatedItems: 'use Type.Tuple',
}
