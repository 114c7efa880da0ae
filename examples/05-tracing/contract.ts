import { defineContract, Type } from '@simple-ipc/rpc'

/** A program that counts words, and asks its host which of them do not count. */
export const counter = defineContract({
  name: 'counter',
  version: '1.0.0',
  types: {
    /** A span of the program, as its host shows it. */
    Span: Type.Object({
      traceId: Type.String(),
      spanId: Type.String(),
      parentId: Type.Optional(Type.String()),
      name: Type.String(),
      milliseconds: Type.Number({ minimum: 0 }),
    }),
  },
  child: {
    methods: {
      count: {
        summary: 'The most frequent words of a text, the most frequent first.',
        params: Type.Object({ text: Type.String(), most: Type.Integer({ minimum: 1 }) }),
        result: Type.Array(Type.String()),
      },
    },
  },
  host: {
    methods: {
      stopWords: {
        summary: 'Words that are not counted.',
        params: Type.Object({ language: Type.String() }),
        result: Type.Array(Type.String()),
      },
    },
    notifications: { span: Type.Object({ span: Type.Ref('Span') }) },
  },
})
