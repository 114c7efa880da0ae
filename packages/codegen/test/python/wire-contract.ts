import { Bytes, defineContract, Type } from '@simple-ipc/rpc'

/** What the wire carries besides plain params and results: items, bytes, meta, input. */
export const contract = defineContract({
  name: 'wire',
  version: '1.0.0',
  child: {
    methods: {
      numbers: {
        params: Type.Object({ to: Type.Integer(), how: Type.Optional(Type.String()) }),
        stream: Type.Integer(),
        progress: Type.Integer(),
        result: Type.Integer(),
      },
      laterNumbers: {
        params: Type.Object({ to: Type.Integer(), how: Type.Optional(Type.String()) }),
        stream: Type.Integer(),
        result: Type.Integer(),
      },
      texts: {
        params: Type.Object({ to: Type.Integer(), size: Type.Integer() }),
        stream: Type.String(),
      },
      about: {
        params: Type.Object({ how: Type.String() }),
        result: Type.Object({
          meta: Type.Record(Type.String(), Type.String()),
          for: Type.Optional(Type.String()),
          host: Type.Record(Type.String(), Type.String()),
        }),
      },
      laterAbout: { result: Type.Record(Type.String(), Type.String()) },
      echo: { params: Type.Object({ data: Bytes() }), result: Bytes() },
      places: {
        params: Type.Object({
          either: Type.Union([Bytes(), Type.Integer()]),
          beside: Type.Union([Bytes(), Type.Array(Type.Integer())]),
          named: Type.Record(Type.String(), Bytes()),
          pair: Type.Tuple([Bytes(), Type.Tuple([Type.Integer(), Type.Integer()])]),
          maybe: Type.Union([Bytes(), Type.Null()]),
        }),
        stream: Bytes(),
        progress: Bytes(),
        result: Type.Array(Bytes()),
        errors: { Broken: { code: 1, data: Bytes() } },
      },
    },
  },
  host: {
    methods: {
      hostAbout: { result: Type.Record(Type.String(), Type.String()) },
      hostNumbers: { params: Type.Object({ to: Type.Integer() }), stream: Type.Integer() },
    },
    notifications: { heard: Type.Object({ text: Type.String() }) },
  },
})
