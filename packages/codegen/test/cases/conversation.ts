import { defineContract, Type } from '@simple-ipc/rpc'

const Number = Type.Object({ value: Type.Number() })

/** What the programs talk about that test the wire: every kind of call, in both directions. */
export const contract = defineContract({
  name: 'conversation',
  version: '1.0.0',
  types: { Number },
  child: {
    methods: {
      add: { params: Type.Tuple([Type.Number(), Type.Number()]), result: Type.Number(), idempotent: true },
      echo: { params: Type.Object({ text: Type.String() }), result: Type.String() },
      nothing: {},
      fail: {
        params: Type.Object({ how: Type.Enum(['declared', 'bare', 'crash', 'result']) }),
        result: Type.Integer(),
        errors: { Declared: { code: 1001, data: Number }, Bare: { code: 1002 } },
      },
      count: {
        params: Type.Object({
          to: Type.Integer(),
          size: Type.Optional(Type.Integer()),
          failAt: Type.Optional(Type.Integer()),
        }),
        stream: Type.Object({ n: Type.Integer(), fill: Type.String() }),
        progress: Type.Integer(),
        result: Type.Integer(),
        errors: { Halted: { code: 1003, data: Number } },
      },
      counted: { result: Type.Integer() },
      fill: { params: Type.Object({ size: Type.Integer() }), result: Type.String() },
      slow: { params: Type.Object({ seconds: Type.Number() }), result: Type.Boolean() },
      nest: { params: Type.Object({ depth: Type.Integer() }), result: Type.Integer() },
      later: { params: Number, result: Type.Number() },
      laterCount: {
        params: Type.Object({ to: Type.Integer() }),
        stream: Type.Integer(),
        result: Type.Integer(),
      },
      noise: {},
      say: { params: Type.Object({ text: Type.String() }) },
      stubborn: {
        params: Type.Object({ seconds: Type.Number(), deaf: Type.Boolean() }),
        result: Type.Boolean(),
      },
      quit: { params: Type.Object({ code: Type.Integer(), text: Type.String() }) },
      told: { result: Type.Array(Type.String()) },
      sum: { params: Type.Object({ to: Type.Integer() }), result: Type.Integer() },
    },
    notifications: {
      tell: Type.Object({ text: Type.String() }),
      tellAndReport: Type.Object({ text: Type.String() }),
    },
  },
  host: {
    methods: {
      nest: {
        params: Type.Object({ depth: Type.Integer() }, { title: 'host nest params' }),
        result: Type.Integer(),
      },
      numbers: {
        params: Type.Object({ to: Type.Integer() }),
        stream: Type.Integer(),
        result: Type.Integer(),
        errors: { TooMany: { code: 2001, data: Number } },
      },
    },
    notifications: { log: Type.Object({ text: Type.String() }) },
  },
})
