import { checkValue, type Issue } from './check-values.js'
import type { PlainSchema, PlainTypes } from './plain-schema.js'

/** Where values pass from one side to the other. */
export interface Gate {
  /** The first fault of a value as it stands on the wire, or undefined. */
  check(value: unknown): Issue | undefined
  /** From JavaScript's form to the wire's. */
  encode(value: unknown): unknown
  /** From the wire's form to JavaScript's; the value was checked. */
  decode(value: unknown): unknown
}

const same = (value: unknown): unknown => value

/** The gate of a schema. */
export const gateOf = (schema: PlainSchema, types: PlainTypes): Gate => ({
  check: value => checkValue(schema, types, value),
  encode: same,
  decode: same,
})

/** Params that are not declared: none are sent; unknown members are ignored, as everywhere. */
export const noParams: Gate = {
  check: value =>
    Array.isArray(value) && value.length === 0 ? undefined : checkValue({ type: 'object' }, {}, value),
  encode: () => undefined,
  decode: () => undefined,
}

/** A result that is not declared: null on the wire, undefined here, and whatever a foreign program says instead. */
export const noResult: Gate = { check: () => undefined, encode: () => null, decode: () => undefined }
