import { defineContract, Type } from '@simple-ipc/rpc'

/** Names in other scripts, with marks, digits in front, signs only, or nothing at all. */
export const contract = defineContract({
  name: 'größen',
  version: '1.0.0',
  types: {
    Größe: Type.Object({ länge: Type.Number(), 名前: Type.String(), имя: Type.Optional(Type.String()) }),
  },
  child: {
    methods: {
      'mäß/größe': {
        params: Type.Object({
          '': Type.Optional(Type.Integer()),
          '1st': Type.Integer(),
          '+': Type.Optional(Type.Integer()),
          '-': Type.Optional(Type.Integer()),
          'with space': Type.Integer(),
          'quote\'"back\\slash{brace}': Type.Integer(),
          'line\nbreak': Type.Optional(Type.Integer()),
          'a/b~c': Type.Integer(),
          'un\u200cseen': Type.Integer(),
          'join\u200ded': Type.Optional(Type.Integer()),
          __proto__x: Type.Integer(),
          '😀': Type.Optional(Type.Integer()),
        }),
        result: Type.Ref('Größe'),
      },
    },
  },
})
