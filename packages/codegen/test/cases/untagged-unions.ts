import { defineContract, Open, Type } from '@simple-ipc/rpc'

const firstMatch = { 'x-first-match': true }

/** Unions of branches that nothing distinguishes, which ask for the first that fits. */
export const contract = defineContract({
  name: 'untagged-unions',
  version: '1.0.0',
  types: {
    File: Type.Object({ path: Type.String(), size: Type.Optional(Type.Integer()) }),
    Folder: Type.Object({ path: Type.String(), entries: Type.Array(Type.Ref('File')) }),
    Entry: Type.Union([Type.Ref('Folder'), Type.Ref('File')], firstMatch),
    Names: Type.Array(Type.String()),
    Lists: Type.Union(
      [Type.Ref('Names'), Type.Array(Type.Integer(), { minItems: 1 }), Type.Array(Type.Ref('Entry'))],
      { description: 'Lists of one thing or another.', ...firstMatch },
    ),
    Mixed: Type.Union(
      [
        Type.String({ pattern: '^#' }),
        Type.Literal('none'),
        Type.String({ maxLength: 3 }),
        Type.Integer({ maximum: 10 }),
        Type.Number({ minimum: 100 }),
        Type.Object({ a: Type.String() }),
        Type.Record(Type.String(), Type.Integer()),
        Type.Record(Type.String(), Type.Boolean()),
        Type.Null(),
      ],
      firstMatch,
    ),
    Levels: Type.Union([Open(Type.Enum(['low', 'high'])), Type.String({ format: 'date' })], firstMatch),
    Holder: Type.Object({
      entry: Type.Ref('Entry'),
      maybe: Type.Optional(Type.Union([Type.Ref('Entry'), Type.Null()])),
      // What is tried inside stays one of the branches.
      either: Type.Union([Type.Ref('Entry'), Type.String()]),
      mixed: Type.Optional(Type.Ref('Mixed')),
      levels: Type.Ref('Levels'),
    }),
  },
  child: {
    methods: {
      look: { params: Type.Ref('Holder'), stream: Type.Ref('Entry'), result: Type.Ref('Lists') },
    },
  },
})
