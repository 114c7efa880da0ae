import { defineContract, Type } from '@simple-ipc/rpc'

const small = Type.Object({ value: Type.Integer() })

/** Types called like something that generated code, a language or its library already has. */
export const contract = defineContract({
  name: 'name-shadows',
  version: '1.0.0',
  types: {
    List: Type.Array(Type.Ref('Dict')),
    Dict: Type.Record(Type.String(), Type.Ref('Context')),
    Context: Type.Object({ list: Type.Optional(Type.Ref('List')), object: Type.String(), at: Type.String() }),
    Exception: Type.Object({ members: Type.String(), value: Type.String(), result: Type.Boolean() }),
    None: Type.Object({ kind: Type.String() }),
    Literal: Type.Enum(['a', 'b']),
    Any: Type.Object({ item: Type.Ref('Literal'), index: Type.Array(Type.Ref('Literal')) }),
    Sequence: Type.Array(Type.Ref('Any')),
    HostClient: small,
    str: Type.String({ minLength: 1 }),
    Self: Type.Object({ self: Type.Ref('str') }),
    Error: Type.Object({ error: Type.String() }),
    Result: Type.Object({ result: Type.Ref('Error') }),
    Set: Type.Array(Type.Integer(), { uniqueItems: true }),
    String: Type.Object({ string: Type.String() }),
    Object: Type.Object({ object: Type.Ref('String') }),
  },
  child: {
    methods: {
      serve: {
        params: Type.Ref('Any'),
        result: Type.Ref('List'),
        errors: { Error: { code: 1, data: Type.Ref('Error') }, Exception: { code: 2 } },
      },
      decode: {
        params: Type.Object({ timeout: Type.Number() }),
        progress: Type.Ref('Self'),
        result: Type.Ref('Exception'),
      },
    },
  },
  host: { methods: { link: { params: Type.Ref('Object'), result: Type.Ref('Set') } } },
})
