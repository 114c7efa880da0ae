import { defineContract, Type } from '@simple-ipc/rpc'

const Circle = Type.Object({ shape: Type.Literal('circle'), radius: Type.Number({ minimum: 0 }) })
const Square = Type.Object({ shape: Type.Literal('square'), side: Type.Number({ exclusiveMinimum: 0 }) })
const Group = Type.Object({ shape: Type.Literal('group'), parts: Type.Array(Type.Ref('Shape')) })

/** Unions by tag, by kind, both at once, and unions inside unions. */
export const contract = defineContract({
  name: 'nested-union',
  version: '1.0.0',
  types: {
    Circle,
    Square,
    Group,
    Round: Type.Union([
      Type.Ref('Circle'),
      Type.Object({ shape: Type.Literal('ellipse'), axes: Type.Tuple([Type.Number(), Type.Number()]) }),
    ]),
    Shape: Type.Union([Type.Ref('Round'), Type.Ref('Square'), Type.Ref('Group')]),
    Cell: Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()]),
    Size: Type.Union([Type.Literal('auto'), Type.Literal('none'), Type.Integer({ minimum: 0 })]),
    Value: Type.Union([Type.Ref('Shape'), Type.Ref('Cell'), Type.Array(Type.Ref('Value'))]),
    Level: Type.Union([
      Type.Literal(1),
      Type.Literal(2),
      Type.Literal(2.5),
      Type.Literal('max'),
      Type.Literal(true),
    ]),
    Code: Type.Union([
      Type.Object({ n: Type.Literal(1), a: Type.String() }),
      Type.Object({ n: Type.Literal(2), b: Type.String() }),
    ]),
  },
  child: {
    methods: {
      draw: {
        params: Type.Ref('Shape'),
        stream: Type.Ref('Cell'),
        result: Type.Union([Type.Object({ ok: Type.Boolean() }), Type.String()]),
      },
    },
  },
})
