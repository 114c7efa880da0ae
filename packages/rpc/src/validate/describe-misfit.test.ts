import { describe, expect, it } from 'vitest'
import type { PlainSchema } from '../schema/plain-schema.js'
import { codecOf } from './codec.js'
import { insteadOf } from './describe-misfit.js'

class Point {
  x = 1
}
class Hidden {
  #x = 1
  get x(): number {
    return this.#x
  }
}
const array: PlainSchema = { type: 'array', items: { type: 'number' } }
const object: PlainSchema = { type: 'object', properties: { a: { type: 'number' } }, required: ['a'] }
const string: PlainSchema = { type: 'string' }
const number: PlainSchema = { type: 'number' }
const integer: PlainSchema = { type: 'integer' }
const any: PlainSchema = {}
const converted = (conversion: string, schema: PlainSchema): PlainSchema =>
  Object.defineProperty({ ...schema }, '~convert', { value: conversion })

/** What is said of a value that does not fit, path first. */
function told(schema: PlainSchema, value: unknown): string {
  const codec = codecOf(schema, {})
  const issue = codec.check(codec.encode(value))
  if (issue === undefined) return 'it fits'
  return `${issue.path} ${issue.message}${insteadOf(codec.shape, issue, value)}`.trim()
}

describe('a value that does not fit is described', () => {
  it.each<[string, PlainSchema, unknown, string]>([
    ['a Set', array, new Set([1]), 'must be an array, not Set (use [...set])'],
    ['a Map for an array', array, new Map(), 'must be an array, not Map (use [...map])'],
    ['a Map', any, new Map([[1, 2]]), 'must be a JSON value, not Map (use Object.fromEntries(map))'],
    ['a Map for an object', object, new Map(), 'must be a JSON value, not Map (use Object.fromEntries(map))'],
    [
      'a typed array',
      array,
      new Float32Array(2),
      'must be an array, not Float32Array (use Array.from(array), or Bytes in the contract)',
    ],
    [
      'a Buffer',
      any,
      Buffer.from('x'),
      'must be a JSON value, not Buffer (use Array.from(array), or Bytes in the contract)',
    ],
    [
      'an ArrayBuffer',
      any,
      new ArrayBuffer(1),
      'must be a JSON value, not ArrayBuffer (use Bytes in the contract)',
    ],
    ['a Date', string, new Date(0), 'must be a string, not Date (use date.toISOString())'],
    ['a Date for anything', any, new Date(0), 'must be a JSON value, not Date (use date.toISOString())'],
    ['a RegExp', string, /x/, 'must be a string, not RegExp (use regexp.source)'],
    ['a URL', string, new URL('http://x'), 'must be a string, not URL (use url.href)'],
    ['an Error', string, new TypeError('x'), 'must be a string, not TypeError (use error.message)'],
    [
      'a bigint',
      number,
      10n,
      'must be a number, not the bigint 10n (use Number(value), or Int64 in the contract)',
    ],
    ['a promise', number, Promise.resolve(1), 'must be a number, not Promise (await it)'],
    ['a function', number, () => 1, 'must be a number, not a function (call it)'],
    ['a class', any, Point, 'must be a JSON value, not the class Point'],
    ['an iterator', array, [1].values(), 'must be an array, not Array Iterator (use [...values])'],
    ['a boxed number', number, Object(1), 'must be a number, not Number (use its valueOf())'],
    ['an instance', number, new Point(), 'must be a number, not Point'],
    ['an instance whose members are private', any, new Hidden(), 'must be a JSON value, not Hidden'],
    ['a symbol', string, Symbol('x'), 'must be a string, not a symbol'],
    ['NaN', number, NaN, 'must be a finite number, not NaN'],
    ['Infinity', { type: 'array', items: number }, [1, Infinity], '/1 must be a finite number, not Infinity'],
    ['a fraction', integer, 2.5, 'must be an integer, not 2.5'],
    ['a text', number, '2', 'must be a number, not the string "2"'],
    ['a long text', number, 'x'.repeat(100), `must be a number, not the string "${'x'.repeat(60)}…"`],
    ['null', number, null, 'must be a number, not null'],
    ['undefined', number, undefined, 'must be a number, not undefined'],
    ['an array', number, [1], 'must be a number, not an array'],
    ['an object', number, {}, 'must be a number, not an object'],
    ['a member that is undefined', object, { a: undefined }, '/a is missing (it is undefined)'],
    ['a member that is not there', object, {}, '/a is missing'],
    ['what is out of bounds', { type: 'number', minimum: 3 }, 1, 'must be at least 3, not 1'],
    ['a value that is not listed', { enum: ['a', 'b'] }, 'c', 'must be one of "a", "b", not the string "c"'],
    [
      'a number for Int64',
      converted('int64', { type: 'string', format: 'int64' }),
      5,
      'must be a string, not 5 (pass a bigint: 5n)',
    ],
    [
      'a list for Bytes',
      {
        type: 'object',
        properties: { a: converted('bytes', { type: 'string', contentEncoding: 'base64' }) },
      },
      { a: [1] },
      '/a must be a string, not an array (pass a Uint8Array)',
    ],
    [
      'a name with a slash',
      { type: 'object', properties: { 'a/b~': number } },
      { 'a/b~': 'x' },
      '/a~1b~0 must be a number, not the string "x"',
    ],
  ])('%s', (_, schema, value, sentence) => {
    expect(told(schema, value)).toBe(sentence)
  })

  it('or not, where reading it again fails', () => {
    let reads = 0
    const value = Object.defineProperty({}, 'a', {
      enumerable: true,
      get: () => {
        if (++reads > 3) throw new Error('no')
        return 'x'
      },
    })
    expect(told(object, value)).toMatch(/^\/a must be a number/)
  })
})
