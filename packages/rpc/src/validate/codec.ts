import { isTooDeep } from '../json/json-value.js'
import type { PlainSchema, PlainTypes } from '../schema/plain-schema.js'
import { isDeep } from '../schema/schema-facts.js'
import type { Issue } from './check-context.js'
import { checkValue } from './check-value.js'
import type { compileCheck } from './compile-check.js'
import { converter } from './convert-value.js'
import type { Shape } from './describe-misfit.js'

/** Checks and converts the values that pass from one side to the other. */
export interface Codec {
  /** The first fault of a value as it is on the wire, or undefined. */
  check(value: unknown): Issue | undefined
  /** From JavaScript's form to the wire's. Values that do not fit are left as they are: check says what is wrong. */
  encode(value: unknown): unknown
  /** From the wire's form to JavaScript's; the value was checked. */
  decode(value: unknown): unknown
  /** Of its values; none where any are accepted. */
  readonly shape?: Shape
}

let compile: typeof compileCheck | undefined
let loading: Promise<void> | undefined

/** Resolves when values can be checked at full speed. Until then they are also checked, a hundred times slower. */
export function compilerReady(): Promise<void> {
  return (loading ??= import('./compile-check.js').then(module => {
    compile = module.compileCheck
  }))
}

/** Is the compiler loaded? */
export const isCompilerReady = (): boolean => compile !== undefined

const same = (value: unknown): unknown => value
type Check = (value: unknown) => Issue | undefined

/** The codec of a schema. Nothing is made or compiled before the first value comes: most of a large contract is never used. */
export function codecOf(schema: PlainSchema, types: PlainTypes): Codec {
  const walk = walked(schema, types)
  const codec: Codec = {
    check(value) {
      if (compile === undefined) return walk(value)
      // From now on without this step: the calls between here and the compiled code are most of a check's time.
      codec.check = fastest(compile, schema, types, walk)
      return codec.check(value)
    },
    encode(value) {
      codec.encode = converter(schema, types, 'encode') ?? same
      return codec.encode(value)
    },
    decode(value) {
      codec.decode = converter(schema, types, 'decode') ?? same
      return codec.decode(value)
    },
    shape: { schema, types },
  }
  return codec
}

const walked =
  (schema: PlainSchema, types: PlainTypes): Check =>
  value =>
    checkValue(schema, types, value)

/** The compiled check says yes quickly; no, and why, is for the walk to say. */
function fastest(
  compileThis: typeof compileCheck,
  schema: PlainSchema,
  types: PlainTypes,
  walk: Check,
): Check {
  const fast = compileThis(schema, types)
  if (fast === undefined) return walk
  const deep = isDeep(schema, types)
  return value => {
    try {
      if (fast(value) && !(deep && isTooDeep(value))) return undefined
    } catch (error) {
      // A value that contains itself, or is nested ten thousand deep: the walk has a message for it.
      if (!(error instanceof RangeError)) throw error
    }
    return walk(value)
  }
}

/** Params that are not declared: none are sent; unknown members are ignored, as everywhere. */
export const noParams: Codec = {
  check: value =>
    Array.isArray(value) && value.length === 0 ? undefined : checkValue({ type: 'object' }, {}, value),
  encode: () => undefined,
  decode: () => undefined,
}

/** A result that is not declared: null on the wire, undefined here, and anything from a foreign program. */
export const noResult: Codec = { check: () => undefined, encode: () => null, decode: () => undefined }
