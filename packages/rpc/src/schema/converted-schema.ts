import { Unsafe, type TUnsafe } from 'typebox'

import type { Conversion } from './plain-schema.js'

/** Schemas whose values have another form in JavaScript than on the wire. */
export interface ConvertedSchema<T> extends TUnsafe<T> {
  '~kind': 'String'
}

function converted<T>(conversion: Conversion, schema: object): ConvertedSchema<T> {
  const made = Unsafe<T>({ type: 'string', ...schema })
  // Hidden as TypeBox hides its own marks, and like them kept by Type.Optional and the others that copy.
  Object.defineProperty(made, '~kind', { value: 'String', configurable: true, writable: true })
  Object.defineProperty(made, '~convert', { value: conversion, configurable: true, writable: true })
  return made as ConvertedSchema<T>
}

/** A whole number of 64 bits, -2^63 … 2^63 − 1: a bigint here, a decimal string on the wire, i64 or long elsewhere. */
export const Int64 = (options: { description?: string } = {}): ConvertedSchema<bigint> =>
  converted('int64', { format: 'int64', ...options })

/** A whole number of 64 bits, 0 … 2^64 − 1: a bigint here, a decimal string on the wire, u64 elsewhere. */
export const UInt64 = (options: { description?: string } = {}): ConvertedSchema<bigint> =>
  converted('uint64', { format: 'uint64', ...options })

/** Bytes: a Uint8Array here, base64 on the wire, the language's byte string elsewhere. */
export const Bytes = (options: { description?: string } = {}): ConvertedSchema<Uint8Array> =>
  converted('bytes', { contentEncoding: 'base64', ...options })
