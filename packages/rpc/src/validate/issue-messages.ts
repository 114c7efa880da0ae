import type { Kind, Literal, TypeName } from '../schema/plain-schema.js'

// Every sentence that may stand in `data.issues`, in one place: docs/validation.md is the same list, and every language
// that code is generated for has the same. Numbers are written as JavaScript writes them, strings as JSON.

const text = (value: Literal): string => JSON.stringify(Object.is(value, -0) ? 0 : value)
const count = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`

const kindWord: Record<TypeName, string> = {
  null: 'null',
  boolean: 'a boolean',
  integer: 'an integer',
  number: 'a number',
  string: 'a string',
  array: 'an array',
  object: 'an object',
}

/** "a", "a or b", "a, b or c". */
const either = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`

export const messages = {
  kind: (kinds: readonly (Kind | TypeName)[]) => `must be ${either(kinds.map(kind => kindWord[kind]))}`,
  finite: () => 'must be a finite number',
  json: () => 'must be a JSON value',
  safeInteger: () => 'must be an integer from -9007199254740991 to 9007199254740991',
  const: (value: Literal) => `must be ${text(value)}`,
  enum: (values: readonly Literal[]) =>
    values.length === 1
      ? `must be ${values.map(text).join('')}`
      : `must be one of ${values.map(text).join(', ')}`,
  minLength: (n: number) => `must have at least ${count(n, 'character')}`,
  maxLength: (n: number) => `must have at most ${count(n, 'character')}`,
  pattern: (pattern: string) => `must match the pattern ${pattern}`,
  format: (format: string) => `must be a valid ${format}`,
  base64: () => 'must be valid base64',
  minimum: (n: number) => `must be at least ${text(n)}`,
  exclusiveMinimum: (n: number) => `must be greater than ${text(n)}`,
  maximum: (n: number) => `must be at most ${text(n)}`,
  exclusiveMaximum: (n: number) => `must be less than ${text(n)}`,
  multipleOf: (n: number) => `must be a multiple of ${text(n)}`,
  exactItems: (n: number) => `must have exactly ${count(n, 'element')}`,
  minItems: (n: number) => `must have at least ${count(n, 'element')}`,
  maxItems: (n: number) => `must have at most ${count(n, 'element')}`,
  minProperties: (n: number) => `must have at least ${count(n, 'member')}`,
  maxProperties: (n: number) => `must have at most ${count(n, 'member')}`,
  missing: () => 'is missing',
  unknown: () => 'is not a known member',
  key: (patterns: readonly string[]) => `has a name that does not match the pattern ${either(patterns)}`,
  uniqueItems: () => 'must not have two equal elements',
  shapes: (n: number) => `must fit one of the ${n} shapes allowed here`,
  depth: () => 'is nested deeper than 100 levels',
  cycle: () => 'contains itself',
}
