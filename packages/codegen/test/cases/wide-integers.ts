import { Bytes, defineContract, Int64, Type, UInt64 } from '@simple-ipc/rpc'

/** Integers at the edge of a double and of 64 bits, and bytes. */
export const contract = defineContract({
  name: 'wide-integers',
  version: '1.0.0',
  types: {
    Wide: Type.Object({
      signed: Int64(),
      unsigned: UInt64(),
      maybe: Type.Optional(Int64()),
      list: Type.Array(UInt64()),
      bytes: Bytes(),
      moreBytes: Type.Optional(Bytes()),
    }),
    Safe: Type.Object({
      any: Type.Integer(),
      edge: Type.Integer({ minimum: -9007199254740991, maximum: 9007199254740991 }),
      small: Type.Integer({ minimum: -128, maximum: 127 }),
      step: Type.Integer({ multipleOf: 5 }),
      above: Type.Integer({ exclusiveMinimum: 0, exclusiveMaximum: 10 }),
      real: Type.Number({ minimum: -1e300, exclusiveMaximum: 1e21 }),
      fraction: Type.Number({ minimum: 0.000001, maximum: 1.5e-7 + 1 }),
    }),
  },
  child: { methods: { add: { params: Type.Ref('Wide'), result: Type.Ref('Safe') } } },
})
