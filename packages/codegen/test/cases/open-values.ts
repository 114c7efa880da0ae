import { defineContract, Open, Type } from '@simple-ipc/rpc'

/** Lists of values to which others may come. */
export const contract = defineContract({
  name: 'open-values',
  version: '1.0.0',
  types: {
    Color: Open(Type.Enum(['red', 'green'])),
    Number: Open(Type.Union([Type.Literal(1), Type.Literal(2)])),
    Paint: Type.Object({
      color: Type.Ref('Color'),
      under: Type.Optional(Type.Ref('Color')),
      layers: Type.Array(Type.Ref('Number')),
    }),
  },
  child: { methods: { mix: { params: Type.Ref('Paint'), result: Type.Ref('Color') } } },
})
