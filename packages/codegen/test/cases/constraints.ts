import { defineContract, Type } from '@simple-ipc/rpc'

/** Every keyword that is checked. */
export const contract = defineContract({
  name: 'constraints',
  version: '1.0.0',
  types: {
    Text: Type.Object({
      short: Type.String({ minLength: 1, maxLength: 3 }),
      word: Type.String({ pattern: '^[a-z]+$' }),
      anywhere: Type.String({ pattern: 'a.c|\\d{2,3}' }),
      letters: Type.String({ pattern: '^\\p{L}\\w*\\s?[^x-z]$' }),
      both: Type.String({ minLength: 2, pattern: '^(ab)*$', format: 'email' }),
    }),
    Formats: Type.Object({
      dateTime: Type.Optional(Type.String({ format: 'date-time' })),
      date: Type.Optional(Type.String({ format: 'date' })),
      time: Type.Optional(Type.String({ format: 'time' })),
      uuid: Type.Optional(Type.String({ format: 'uuid' })),
      email: Type.Optional(Type.String({ format: 'email' })),
      uri: Type.Optional(Type.String({ format: 'uri' })),
      ipv4: Type.Optional(Type.String({ format: 'ipv4' })),
      ipv6: Type.Optional(Type.String({ format: 'ipv6' })),
      unknown: Type.Optional(Type.String({ format: 'hostname' })),
    }),
    Lists: Type.Object({
      few: Type.Array(Type.Integer(), { minItems: 1, maxItems: 2 }),
      different: Type.Array(Type.Unknown(), { uniqueItems: true }),
      matrix: Type.Array(Type.Array(Type.Number({ minimum: 0 }), { maxItems: 2 })),
      pair: Type.Tuple([Type.String(), Type.Integer({ minimum: 1 })]),
      none: Type.Tuple([]),
    }),
    Maps: Type.Object({
      counts: Type.Record(Type.String(), Type.Integer({ minimum: 0 })),
      named: Type.Record(Type.String({ pattern: '^[a-z]+$' }), Type.Boolean()),
      some: Type.Record(Type.String(), Type.Unknown(), { minProperties: 1, maxProperties: 2 }),
    }),
    Closed: Type.Object(
      { a: Type.Integer(), b: Type.Optional(Type.Integer()) },
      { additionalProperties: false },
    ),
    Empty: Type.Object({}),
    ClosedEmpty: Type.Object({}, { additionalProperties: false }),
    Counted: Type.Object(
      {
        a: Type.Optional(Type.Integer()),
        b: Type.Optional(Type.Integer()),
        c: Type.Optional(Type.Integer()),
      },
      { minProperties: 1, maxProperties: 2, additionalProperties: false },
    ),
    Joined: Type.Intersect([
      Type.Object({ a: Type.Integer() }),
      Type.Object({ b: Type.String(), c: Type.Optional(Type.Boolean()) }),
    ]),
  },
  child: {
    methods: {
      check: { params: Type.Tuple([Type.Ref('Text'), Type.Ref('Lists')]), result: Type.Ref('Maps') },
    },
  },
})
