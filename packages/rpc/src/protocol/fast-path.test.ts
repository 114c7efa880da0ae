import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { readJson, ReadFault } from '../json/parse-json.js'
import { toJson } from '../json/to-json.js'
import { FastPathReader } from './fast-path.js'
import * as message from './message.js'

/** Used for all texts, so that it has read items of other streams and calls of other methods before. */
const reader = new FastPathReader()

function itemsIn(text: string): message.WireMessage | undefined {
  const values = reader.items(text)
  return values && { jsonrpc: '2.0', method: '$/items', params: { id: reader.itemsId, values } }
}

/** What is read quickly must be what JSON says; what is not read quickly is read as JSON anyway. */
function agrees(text: string): boolean {
  const quick = itemsIn(text) ?? reader.message(text)
  if (quick === undefined) return false
  const slow = readJson(text)
  expect(slow).not.toBeInstanceOf(ReadFault)
  expect(quick).toEqual(slow)
  return true
}

const value = fc.jsonValue({ maxDepth: 3 })

describe('messages as peers write them', () => {
  test('are read quickly', () => {
    fc.assert(
      fc.property(value, fc.nat(), fc.constantFrom('a', '$/x', 'größe', 'rpc.ping'), (value, id, method) => {
        const json = toJson(value)
        const name = toJson(method)
        const plain = !json.includes('\\u')
        expect(agrees(message.resultText(id, json))).toBe(plain)
        expect(agrees(message.itemsText(id, json))).toBe(plain)
        expect(agrees(message.itemsText(id, `${json},${json}`))).toBe(plain)
        const params = toJson([value])
        expect(agrees(message.requestText(id, name, params))).toBe(plain)
        expect(agrees(message.notificationText(name, params))).toBe(plain)
        expect(agrees(message.requestText(id, name, undefined))).toBe(true)
        expect(agrees(message.notificationText(name, undefined))).toBe(true)
      }),
    )
  })

  test('have zeros without a sign', () => {
    expect(reader.message('{"jsonrpc":"2.0","id":1,"result":-0}')?.result).toBe(0)
    expect(reader.message('{"jsonrpc":"2.0","id":1,"result":[-0.0]}')?.result).toEqual([0])
  })
})

describe('other texts', () => {
  test.each([
    '{"jsonrpc":"2.0","id":1,"result":1,"id":2}',
    '{"jsonrpc":"2.0","id":1,"result":{},"x":{"y":1}}',
    '{"jsonrpc":"2.0","id":1,"result":1e400}',
    '{"jsonrpc":"2.0","id":1,"result":[1e400]}',
    '{"jsonrpc":"2.0","id":1,"result":}',
    '{"jsonrpc":"2.0","id":1,"result":1',
    '{"jsonrpc":"2.0","id":1,"result":1}}',
    '{"jsonrpc":"2.0","id":01,"result":1}',
    '{"jsonrpc":"2.0","id":1,"result":01}',
    '{"jsonrpc":"2.0","id":,"result":1}',
    '{"jsonrpc":"2.0","id":12345678901234567890,"result":1}',
    '{"jsonrpc":"2.0","id":-1,"result":1}',
    '{"jsonrpc":"2.0","id":1,"result":"\\ud800"}',
    '{"jsonrpc":"2.0","id":1,"method":"a","params":1}',
    '{"jsonrpc":"2.0","id":1,"method":"a\\n","params":[]}',
    '{"jsonrpc":"2.0","id":1,"method":"a","params":[]',
    '{"jsonrpc":"2.0","id":1,"method":"a',
    '{"jsonrpc":"2.0","method":"a","params":[],"id":3}',
    '{"jsonrpc":"2.0","method":"$/items","params":{"id":1,"values":[1]},"x":{"y":1}}',
    '{"jsonrpc":"2.0","method":"$/items","params":{"id":1,"values":[1]}',
    '{"jsonrpc":"2.0","method":"$/items","params":{"id":1,"values":[1],"values":[2]}}',
    `{"jsonrpc":"2.0","id":1,"result":${'['.repeat(99)}1${']'.repeat(99)}}`,
    `{"jsonrpc":"2.0","id":1,"result":${'['.repeat(100)}1${']'.repeat(100)}}`,
    `{"jsonrpc":"2.0","method":"$/items","params":{"id":1,"value":${'['.repeat(98)}1${']'.repeat(98)}}}`,
    `{"jsonrpc":"2.0","method":"$/items","params":{"id":1,"value":${'['.repeat(99)}1${']'.repeat(99)}}}`,
    '{"jsonrpc":"2.0","id":1,"method":"a\tb"}',
    '{"jsonrpc":"2.0","method":"a\u001fb","params":{}}',
    '',
    '{',
    '}',
  ])('are read as JSON says or left to it: %s', text => {
    agrees(text)
  })

  test('are, too, when a message was changed anywhere', () => {
    const whole = fc.constantFrom(
      '{"jsonrpc":"2.0","id":10,"result":{"a":[1,2],"b":"}"}}',
      '{"jsonrpc":"2.0","id":10,"method":"abc","params":{"a":[1,2]}}',
      '{"jsonrpc":"2.0","method":"abc","params":["x"]}',
      '{"jsonrpc":"2.0","method":"$/items","params":{"id":10,"value":{"n":1}}}',
    )
    const bit = fc.constantFrom(
      '',
      '"',
      '}',
      '{',
      ',',
      '0',
      '1',
      '-',
      ' ',
      '\\',
      '[',
      ']',
      ':',
      '"a":1,',
      '\\u',
      '\t',
    )
    fc.assert(
      fc.property(whole, bit, fc.nat(70), fc.nat(3), (text, bit, at, cut) => {
        agrees(text.slice(0, at) + bit + text.slice(at + cut))
      }),
      { numRuns: 20_000 },
    )
  })
})
