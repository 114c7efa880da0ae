import { defineContract, Type } from '@simple-ipc/rpc'

const words = [
  'class',
  'def',
  'None',
  'self',
  'lambda',
  'type',
  'match',
  'int',
  'str',
  'func',
  'default',
  'this',
  'ipc',
]

/** Members and methods that are words of some language. */
export const contract = defineContract({
  name: 'keywords',
  version: '1.0.0',
  types: {
    Words: Type.Object(Object.fromEntries(words.map(word => [word, Type.Optional(Type.Integer())]))),
  },
  child: {
    methods: {
      import: { params: Type.Ref('Words'), result: Type.Ref('Words') },
      return: {},
      yield: { stream: Type.Integer() },
      print: { params: Type.Object({ self: Type.String(), context: Type.String(), params: Type.String() }) },
    },
    notifications: { pass: Type.Object({ from: Type.String() }) },
  },
  host: { methods: { await: { result: Type.Boolean() }, __init__: {} } },
})
