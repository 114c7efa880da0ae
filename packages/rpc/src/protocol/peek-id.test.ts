import { describe, expect, it } from 'vitest'

import { peekId } from './peek-id.js'

describe('The head of a message that cannot be read', () => {
  it.each<[string, unknown]>([
    ['{"jsonrpc":"2.0","id":7,"method":"add","params":{"a', { kind: 'request', id: 7 }],
    ['{"jsonrpc":"2.0","id":"a\\"b","method":"add"', { kind: 'request', id: 'a"b' }],
    ['{"jsonrpc":"2.0","id":7,"result":{"a', { kind: 'response', id: 7 }],
    ['{"jsonrpc":"2.0","id":7.0,"error":{"code', { kind: 'response', id: 7 }],
    ['  { "id" : 7 , "jsonrpc" : "2.0" , "result" : ', { kind: 'response', id: 7 }],
    ['{"jsonrpc":"2.0","method":"$/items","params":{"id":7,"value":', { kind: 'item', id: 7 }],
    ['{"jsonrpc":"2.0","method":"add","id":7', { kind: 'none' }],
    ['{"jsonrpc":"2.0","result":"x","id":7', { kind: 'none' }],
    ['{"jsonrpc":"2.0","method":"$/items","params":{"value":1,"id":7', { kind: 'none' }],
    ['{"jsonrpc":"2.0","method":"$/progress","params":{"token":7', { kind: 'none' }],
    ['{"jsonrpc":"2.0","id":null,"result":1', { kind: 'none' }],
    ['{"jsonrpc":"2.0","id":1.5,"result":1', { kind: 'none' }],
    ['{"jsonrpc":"2.0","id":12', { kind: 'none' }],
    ['{"jsonrpc":"2.0","meta":{"id":3},"id":7,"result":1', { kind: 'none' }],
    ['{"jsonrpc":"2.0","text":"\\"id\\":3","id":7,"result":1', { kind: 'response', id: 7 }],
    ['', { kind: 'none' }],
    ['[{"jsonrpc":"2.0","id":7,"result":1', { kind: 'none' }],
    ['not json at all', { kind: 'none' }],
  ])('%s', (head, expected) => {
    expect(peekId(head)).toEqual(expected)
  })
})
