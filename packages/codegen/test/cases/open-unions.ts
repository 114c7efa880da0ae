import { defineContract, Open, Type } from '@simple-ipc/rpc'

/** Objects told apart by a tag to which others may come, in every place where a type may stand. */
export const contract = defineContract({
  name: 'open-unions',
  version: '1.0.0',
  types: {
    Created: Type.Object({ kind: Type.Literal('created'), path: Type.String({ minLength: 1 }) }),
    Renamed: Type.Object({
      kind: Type.Literal('renamed'),
      from: Type.String(),
      to: Type.String(),
      cause: Type.Optional(Type.Ref('Event')),
    }),
    Event: Open(Type.Union([Type.Ref('Created'), Type.Ref('Renamed')], { description: 'What happened.' })),
    Step: Open(
      Type.Union([
        Type.Object({ code: Type.Literal(1), x: Type.Integer() }),
        Type.Object({ code: Type.Literal('far'), label: Type.Optional(Type.String()) }),
      ]),
    ),
    Mixed: Open(
      Type.Union([
        Type.Ref('Created'),
        Type.Object({ kind: Type.Literal('removed') }),
        Type.Literal('idle'),
        Type.Literal('busy'),
        Type.Integer({ minimum: 0 }),
        Type.Null(),
      ]),
    ),
    Mode: Open(Type.Union([Type.Literal('auto'), Type.Integer({ maximum: 9 })])),
    First: Open(Type.Union([Type.Literal('one so far')])),
    Either: Type.Union([Open(Type.Union([Type.Literal('some'), Type.Literal(3)])), Type.Boolean()]),
    EventOrText: Type.Union([Type.Ref('Event'), Type.String()]),
    Journal: Type.Object({
      first: Type.Ref('Event'),
      last: Type.Union([Type.Ref('Event'), Type.Null()]),
      next: Type.Optional(Type.Ref('Event')),
      past: Type.Optional(Type.Union([Type.Ref('Event'), Type.Null()])),
      all: Type.Array(Type.Ref('Event')),
      byName: Type.Record(Type.String(), Type.Ref('Step')),
      pair: Type.Tuple([Type.Ref('Event'), Type.Ref('Step')]),
      closed: Type.Union([Type.Ref('Created'), Type.Ref('Renamed')]),
      mixed: Type.Optional(Type.Ref('Mixed')),
      named: Type.Optional(Type.Ref('First')),
      either: Type.Optional(Type.Ref('Either')),
    }),
  },
  child: {
    methods: {
      replay: {
        params: Type.Ref('Journal'),
        stream: Type.Ref('Event'),
        progress: Type.Ref('Step'),
        result: Type.Union([Type.Ref('Event'), Type.Null()]),
        errors: { Stuck: { code: 7, data: Type.Ref('Event') } },
      },
    },
    notifications: { tell: Type.Object({ event: Type.Ref('Event') }) },
  },
  host: { methods: { ask: { params: Type.Object({ modes: Type.Array(Type.Ref('Mode')) }) } } },
})
