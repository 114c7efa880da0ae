import { Bytes, defineContract, Int64, Type } from '@simple-ipc/rpc'

const long = Type.Array(Type.Record(Type.String(), Type.Array(Type.Record(Type.String(), Type.Integer()))))
const many = Type.Union([Type.Null(), Type.Array(Type.Union([Type.Null(), Type.Boolean()])), Type.String()])
const pair = Type.Tuple([many, Type.Record(Type.String(), many), Type.Literal('one or the other')])
const maybe = Type.Union([
  Type.Record(Type.String(), Type.Array(Type.Record(Type.String(), Bytes()))),
  Type.Null(),
])
const Deep = Type.Record(
  Type.String(),
  Type.Record(Type.String(), Type.Ref('DeepWithANameThatFillsHalfALine')),
)

/** Types and names too long for one line, at every place that has some. */
export const contract = defineContract({
  name: 'long-lines',
  version: '1.0.0',
  types: {
    DeepWithANameThatFillsHalfALine: Deep,
    Short: pair,
    AnAliasWhoseNameIsNearlyAsLongAsTheLineThatItStandsOnAndThenSomeMoreOfItUntilNothingIsLeft: Type.String(),
    AnEmptyOneWhoseNameIsNearlyAsLongAsTheLineThatItStandsOnAndThenSomeMoreOfIt: Type.Object({}),
    Members: Type.Object({
      aMemberWhoseNameIsLong: maybe,
      'another-whose-name-is-as-long-as-a-line-may-be-and-longer-than-it-should-be-by-any-rule': many,
      'a-third-whose-name-is-as-long-as-a-line-may-be-and-longer-than-it-should-be-by-any-rule':
        Type.Optional(Type.Union([Type.Ref('Short'), Type.Null()])),
      tuples: Type.Array(Type.Ref('Short')),
    }),
  },
  child: {
    methods: {
      several: {
        params: Type.Ref('Members'),
        stream: maybe,
        progress: long,
        result: many,
        errors: {
          First: { code: 1, data: long },
          Second: { code: 2, data: Type.Tuple([Type.Array(Int64()), maybe]) },
          Third: { code: 3, data: many },
          TheFourthWhoseNameIsLongerThanAllOfTheOthers: { code: 4, data: maybe },
          TheFifthWhoseNameIsLongerThanAllOfTheOthersAndWhoseDataIsShort: {
            code: 5,
            data: Type.Array(maybe),
          },
        },
      },
      oneWhoseAnswerIsLong: { stream: pair, progress: maybe, result: long },
      oneWhoseAnswerIsALiteralThatHasNoRoom: {
        params: Type.Ref('Members'),
        result: Type.Literal('a literal without room'),
      },
      'a/method/whose/name/is/so/long/that/nothing/else/finds/any/room/on/the/line/on/which/it/stands': {
        params: Type.Ref('Members'),
        result: maybe,
        progress: many,
        errors: { Bad: { code: 1 } },
      },
      日本語の名前を持つとても長い方法: { summary: '日本語の説明。'.repeat(9), result: long },
      new: { result: Type.Boolean() },
    },
    notifications: {
      'a/notification/whose/name/is/so/long/that/nothing/else/finds/any/room/on/the/line':
        Type.Ref('Members'),
    },
  },
  host: {
    notifications: {
      'one/from/the/child/whose/name/is/so/long/that/nothing/else/finds/any/room/on/the/line':
        Type.Ref('Members'),
    },
  },
})
