import { defineContract, Type } from '@simple-ipc/rpc'

const nasty = [
  'ends with a backslash \\',
  'three quotes """ and four """"',
  '"begins and ends with a quote"',
  "'''",
  'a comment ends */ here, /* and begins // there',
  'unicode \\u000a escapes \\x41 and \\N{BULLET}',
  'a trigraph ??/ and a line\r\nbreak\rand\nanother\u2028one\u2029more',
  'nul \u0000 bell \u0007 escape \u001b[31m and a direction \u202e mark',
  '\ttabs\tand trailing spaces   ',
  `two  spaces,  and  more  of  them  where  a  line  is  broken,  ${'so  that  none  is  left  '.repeat(4)}`,
  'half of a character \ud800, and \udc00 the other half',
  '{braces} ${dollar} `ticks` %s <b>html</b> @tag',
]

/** Texts for people that would end a comment or string, or mislead who reads it. */
export const contract = defineContract({
  name: 'docs "that" escape\n"""',
  version: '1.0.0-\\',
  types: {
    Documented: Type.Object(
      Object.fromEntries(
        nasty.map((description, i) => [
          `m${i}`,
          Type.Optional(Type.String({ description, default: i % 2 === 0 ? description : 'short' })),
        ]),
      ),
      { description: nasty.join('\n\n') },
    ),
    Enumerated: Type.Enum(['"""', "'", '\\', '\n', '"', '\u2028', '\u0000', '%', '{x}', '*/'], {
      description: '"',
    }),
  },
  child: {
    methods: Object.fromEntries(
      nasty.map((summary, i) => [
        `method${i}`,
        {
          summary,
          description: nasty[nasty.length - 1 - i] ?? '',
          params: Type.Ref('Documented'),
          errors: { Bad: { code: i + 1, summary } },
        },
      ]),
    ),
    notifications: { told: Type.Object({}, { description: '"""' }) },
  },
})
