import { defineContract, Type } from '@simple-ipc/rpc'

const Frequency = Type.Object(
  {
    value: Type.String(),
    count: Type.Integer({ minimum: 1, description: 'At least so many rows have it.' }),
  },
  { description: 'A value and how many rows have it.' },
)

const Histogram = Type.Object(
  {
    start: Type.Number({ description: 'Where the first bin begins.' }),
    width: Type.Number({ description: 'How wide each bin is.' }),
    counts: Type.Array(Type.Integer({ minimum: 0 }), {
      description: 'Rows per bin, from the lowest bin up.',
    }),
  },
  { description: 'How the values of a column are spread.' },
)

const NumberRange = Type.Object(
  {
    kind: Type.Literal('numbers'),
    min: Type.Number(),
    mean: Type.Number(),
    max: Type.Number(),
    histogram: Histogram,
  },
  { description: 'What a column of numbers spans.' },
)

const DateRange = Type.Object(
  { kind: Type.Literal('dates'), first: Type.String(), last: Type.String() },
  { description: 'What a column of dates spans, as written in the file.' },
)

const TextRange = Type.Object(
  { kind: Type.Literal('text'), shortest: Type.Integer(), longest: Type.Integer() },
  { description: 'The lengths of a column of text, in characters.' },
)

const Range = Type.Union([NumberRange, DateRange, TextRange])

const ColumnType = Type.Enum(['integer', 'number', 'boolean', 'date', 'text', 'empty'], {
  description: 'What every value of a column can be read as.',
})

const Column = Type.Object(
  {
    name: Type.String(),
    type: Type.Ref('ColumnType'),
    missing: Type.Integer({ minimum: 0, description: 'Rows without a value here.' }),
    distinct: Type.Integer({ minimum: 0, description: 'How many different values there are.' }),
    exact: Type.Boolean({
      description: 'Whether `distinct` and `frequent` were counted; else they are estimates.',
    }),
    frequent: Type.Array(Frequency, { description: 'The most frequent values, the most frequent first.' }),
    range: Type.Optional(Range),
  },
  { description: 'What one column holds.' },
)

const Progress = Type.Object(
  {
    read: Type.Integer({ description: 'Bytes read so far.' }),
    total: Type.Integer({ description: "The file's size, in bytes." }),
    rows: Type.Integer({ description: 'Rows read so far.' }),
  },
  { description: 'How far the reading is.' },
)

const Summary = Type.Object(
  {
    rows: Type.Integer(),
    columns: Type.Integer(),
    size: Type.Integer({ description: "The file's size, in bytes." }),
    delimiter: Type.String({
      description: 'What separates the fields: a comma, a semicolon, a tab or a bar.',
    }),
    encoding: Type.String(),
    ragged: Type.Integer({ description: 'Rows with more or fewer fields than the header.' }),
    firstRagged: Type.Optional(Type.Integer({ description: 'The line of the first of them.' })),
  },
  { description: 'What the whole file is like.' },
)

export const profiler = defineContract({
  name: 'profiler',
  version: '1.0.0',
  types: {
    Frequency,
    Histogram,
    NumberRange,
    DateRange,
    TextRange,
    Range,
    ColumnType,
    Column,
    Progress,
    Summary,
  },
  child: {
    methods: {
      profile: {
        summary: 'Profile a CSV file, column by column.',
        params: Type.Object({ path: Type.String({ description: 'The file, as an absolute path.' }) }),
        stream: Column,
        progress: Progress,
        result: Summary,
        errors: {
          Unreadable: {
            code: 1001,
            summary: 'The file is missing, a folder, or may not be read.',
            data: Type.Object({ path: Type.String(), reason: Type.String() }),
          },
          NotACsv: {
            code: 1002,
            summary: 'The file is no table of text.',
            data: Type.Object({ path: Type.String(), line: Type.Integer(), reason: Type.String() }),
          },
        },
        idempotent: true,
      },
    },
  },
})
