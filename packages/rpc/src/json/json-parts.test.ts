import { describe, expect, test } from 'vitest'

import { jsonParts, JsonParts } from './json-parts.js'
import { excessBytes } from './text-size.js'
import { toJson } from './to-json.js'

const long = 'x'.repeat(1024 * 1024)
const class_ = new (class Point {
  text = long
})()

describe('a long text without anything to escape', () => {
  test.each([
    ['alone', long],
    ['in a list', [1, long, null, 'a"b', undefined]],
    [
      'in an object',
      { a: 1, text: long, 'a"b': [long], skipped: undefined, f: () => 1, s: Symbol('s'), n: NaN },
    ],
    ['in another language', [long + 'äöü€😀']],
    ['more than one', { a: long, b: long }],
    ['beside one that has something to escape', { a: long, b: `${long}\n` }],
    ['under a name of its own', { ['__proto__']: long, toString: long }],
  ])('%s is not put together, and is what JSON says', (_, value) => {
    const json = jsonParts(value)
    expect(json).toBeInstanceOf(JsonParts)
    const text = json.toString()
    expect(text === toJson(value)).toBe(true)
    expect((json as JsonParts).bytes).toBe(Buffer.byteLength(text))
  })
})

describe('anything else', () => {
  test.each([
    ['a text with a quote', `${long}"`],
    ['a text with a line break', [`${long}\n`]],
    ['a text with half a surrogate pair', [`${long}\ud800`]],
    ['a shorter text', ['x'.repeat(1000)]],
    ['a long text that lies deeper', [[long]]],
    ['a list of many', [long, ...Array<number>(20).fill(1)]],
    ['an object of a class', class_],
    ['an object that says itself how it is written', { text: long, toJSON: () => 'short' }],
    ['nothing', null],
  ])('%s is written by JSON.stringify', (_, value) => {
    const json = jsonParts(value)
    expect(typeof json).toBe('string')
    expect(json === toJson(value)).toBe(true)
  })
})

test('a list with gaps has null in their places', () => {
  // eslint-disable-next-line no-sparse-arrays -- that is what it is about
  const value = [long, , 1]
  expect(jsonParts(value).toString() === toJson(value)).toBe(true)
})

test('its place in a message is what its text would have', () => {
  const json = new JsonParts(['"', 'ä', '"']).within('{"result":}', 1)
  expect(json.toString()).toBe('{"result":"ä"}')
  expect([excessBytes(15, json), excessBytes(14, json)]).toEqual([0, 15])
})
