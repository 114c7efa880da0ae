import { defineContract, Type } from '@simple-ipc/rpc'

const nullable = Type.Union([Type.Integer(), Type.Null()])

/** Required, optional, nullable, and both, of every kind of type. */
export const contract = defineContract({
  name: 'optional-null',
  version: '1.0.0',
  types: {
    Inner: Type.Object({ value: Type.Integer() }),
    MaybeInner: Type.Union([Type.Ref('Inner'), Type.Null()]),
    Shade: Type.Union([Type.Literal('dark'), Type.Literal('light'), Type.Null()]),
    // In Order and OrderState, the member would be called as the type is.
    Order: Type.Object({
      state: Type.Optional(Type.Union([Type.Ref('OrderState'), Type.Null()])),
      last: Type.Union([Type.Null(), Type.Ref('OrderState')]),
      shade: Type.Optional(Type.Union([Type.Ref('Shade'), Type.Null()])),
      level: Type.Optional(Type.Union([Type.Ref('OrderLevel'), Type.Null()])),
      past: Type.Array(Type.Union([Type.Ref('OrderState'), Type.Null()])),
    }),
    OrderState: Type.Union([
      Type.Object({ kind: Type.Literal('open') }),
      Type.Object({ kind: Type.Literal('sent'), at: Type.String() }),
      Type.Boolean(),
    ]),
    OrderLevel: Type.Union([Type.Literal('low'), Type.Literal(1), Type.Literal(2)]),
    Presence: Type.Object({
      required: Type.Integer(),
      optional: Type.Optional(Type.Integer()),
      nullable: nullable,
      both: Type.Optional(nullable),
      optionalInner: Type.Optional(Type.Ref('Inner')),
      nullableInner: Type.Union([Type.Null(), Type.Ref('Inner')]),
      bothInner: Type.Optional(Type.Ref('MaybeInner')),
      anything: Type.Unknown(),
      optionalAnything: Type.Optional(Type.Unknown()),
      nothing: Type.Null(),
      shade: Type.Ref('Shade'),
      optionalShade: Type.Optional(Type.Ref('Shade')),
      constant: Type.Optional(Type.Literal(7)),
      list: Type.Optional(Type.Array(nullable)),
      map: Type.Optional(Type.Record(Type.String(), nullable)),
      nullableText: Type.Union([Type.String({ maxLength: 3 }), Type.Null()]),
    }),
    AllOptional: Type.Object({ a: Type.Optional(Type.Integer()), b: Type.Optional(Type.String()) }),
  },
  child: {
    methods: {
      echo: { params: Type.Ref('AllOptional'), result: Type.Ref('Presence') },
      order: { result: Type.Union([Type.Ref('OrderState'), Type.Null()]) },
    },
  },
})
