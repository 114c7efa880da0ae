import { defineContract, Int64, Type } from '@simple-ipc/rpc'

/** What is hard for TypeScript alone: aliases that come back to themselves, methods that every object or client has. */
export const contract = defineContract({
  name: 'hard',
  version: '1.0.0',
  types: {
    A: Type.Record(Type.String(), Type.Ref('B')),
    B: Type.Record(Type.String(), Type.Union([Type.Ref('A'), Type.Null()])),
    C: Type.Union([Type.Array(Type.Record(Type.String(), Type.Ref('C'))), Type.Null(), Type.String()]),
    D: Type.Array(Type.Ref('E')),
    E: Type.Record(Type.String(), Type.Ref('D')),
    F: Type.Tuple([Type.Record(Type.String(), Type.Union([Type.Ref('F'), Type.Null()]))]),
    G: Type.Object({ g: Type.Optional(Type.Array(Type.Array(Type.Record(Type.String(), Type.Ref('G'))))) }),
    Anything: Type.Unknown(),
    Whatever: Type.Ref('Anything'),
    Maybe: Type.Object({
      value: Type.Union([Type.Ref('Whatever'), Type.Null()]),
      list: Type.Array(Type.Union([Type.Ref('Anything'), Type.Null()])),
    }),
    H: Type.Union([Type.String(), Type.Record(Type.String(), Type.Ref('H'))]),
  },
  child: {
    methods: {
      ...Object.fromEntries(
        ['stop', 'then', 'call', 'constructor', 'toString', 'remote', 'on/log', 'import', 'await', 'get'].map(
          name => [name, {}],
        ),
      ),
      anything: { result: Type.Ref('Anything') },
      whatever: { stream: Type.Ref('Whatever'), result: Type.Ref('Anything') },
      half: { stream: Type.Ref('Whatever') },
      unknown: {
        result: Type.Unknown(),
        stream: Type.Unknown(),
        deprecated: true,
        summary: '@deprecated: not really',
      },
    },
  },
  host: { notifications: { x: Type.Object({}), 'event-happened': Type.Object({ id: Int64() }) } },
})
