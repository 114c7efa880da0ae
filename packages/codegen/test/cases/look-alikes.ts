import { defineContract, Type } from '@simple-ipc/rpc'

/** Values that a language takes for others: True for 1, null for a list; and a name that Python reads as a coding line. */
export const contract = defineContract({
  name: 'encoding: latin-1',
  version: '1.0.0',
  types: {
    Tagged: Type.Union([
      Type.Object({ tag: Type.Literal(1), a: Type.String() }),
      Type.Object({ tag: Type.Literal(0), b: Type.String() }),
      Type.Object({ tag: Type.Literal(true), c: Type.String() }),
      Type.Object({ tag: Type.Literal(false), d: Type.String() }),
    ]),
    Nothing: Type.Unsafe<null>({ enum: [null] }),
    Flags: Type.Union([Type.Boolean(), Type.Array(Type.Enum(['a', 'b']), { uniqueItems: true })]),
    Sets: Type.Object({
      nothing: Type.Unsafe<null>({ enum: [null] }),
      maybe: Type.Optional(Type.Unsafe<null>({ enum: [null] })),
      list: Type.Array(Type.Ref('Nothing')),
      flags: Type.Optional(Type.Ref('Flags')),
      rows: Type.Array(Type.Array(Type.Enum(['a', 1]), { uniqueItems: true })),
    }),
    Wide: Type.Enum([9007199254740992, 1]),
  },
  child: {
    methods: { echo: { params: Type.Ref('Sets'), stream: Type.Ref('Tagged'), result: Type.Ref('Flags') } },
  },
})
