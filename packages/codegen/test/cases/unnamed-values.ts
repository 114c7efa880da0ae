import { defineContract, Int64, Type } from '@simple-ipc/rpc'

const texts = Type.Record(Type.String(), Type.String())
const maybe = Type.Union([Type.Array(Type.Integer()), Type.Null()])

/** Values that get no type of their own, at every place that a method has, and words that say nothing. */
export const contract = defineContract({
  name: 'unnamed-values',
  version: '1.0.0',
  child: {
    methods: {
      nothing: {},
      onlyNull: {
        summary: ' ',
        description: '\n',
        stream: Type.Null(),
        progress: Type.Null(),
        errors: { Bad: { code: 1, summary: '\t', data: Type.Null() } },
      },
      nullForParams: {
        summary: '+build ignore',
        params: Type.Object({ a: Int64() }, { description: '\u2028 \u200b \u2029' }),
      },
      single: {
        params: Type.Tuple([Type.Array(Int64()), Type.Array(Int64())]),
        result: Type.Tuple([Type.Array(Int64({ description: 'Each of them.' }))]),
      },
      map: { result: texts, errors: { Bad: { code: 1, data: texts } } },
      maybe: { progress: maybe, result: maybe, errors: { Bad: { code: 2, data: maybe } } },
      list: { errors: { Bad: { code: 3, data: Type.Array(Int64()) } } },
      wide: { errors: { Bad: { code: 4, data: Int64() } } },
      constants: {
        params: Type.Object({ agreed: Type.Optional(Type.Literal(false)) }),
        stream: Type.Array(Type.Literal(true)),
        result: Type.Union([Type.String(), Type.Literal(false)]),
      },
      reportsEverySoOften: {
        summary: 'Sends a Sequence, a Literal, a Union and an Awaitable.',
        progress: Type.Union([Type.Object({ done: Type.Integer() }), Type.Null()]),
        result: Type.Boolean(),
      },
    },
  },
})
