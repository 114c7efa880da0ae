import { digestOf } from '../../../naming/digest.js'
import type { CodeWriter } from '../../../print/code-writer.js'
import type { TypeUse } from '../../../model/model.js'
import { goExpression } from './pattern.js'
import { quoted } from '../print/text.js'
import { numeral } from '../types/type-ref.js'

/** The formats that are checked, by their constants in the runtime; any other says something to people only. */
const formats: ReadonlyMap<string, string> = new Map([
  ['date-time', 'dateTime'],
  ['date', 'date'],
  ['time', 'timeOfDay'],
  ['uuid', 'uuid'],
  ['email', 'email'],
  ['uri', 'uri'],
  ['ipv4', 'ipv4'],
  ['ipv6', 'ipv6'],
  ['int64', 'int64Text'],
  ['uint64', 'uint64Text'],
])

/** What values must obey beyond their type: patterns are gathered while codecs are written. */
export class Rules {
  private readonly patterns = new Map<string, string>()

  /** The rules of a value as arguments, in the order in which they are checked. */
  of(use: TypeUse): string[] {
    switch (use.kind) {
      case 'integer':
      case 'number':
        return bounds([
          ['atLeast', use.minimum],
          ['moreThan', use.exclusiveMinimum],
          ['atMost', use.maximum],
          ['lessThan', use.exclusiveMaximum],
          ['multipleOf', use.kind === 'integer' ? use.multipleOf : undefined],
        ])
      case 'string':
        return [
          ...lengths(use),
          ...(use.pattern === undefined ? [] : [`rule{is: matching, pattern: ${this.pattern(use.pattern)}}`]),
          ...(use.format === undefined || !formats.has(use.format)
            ? []
            : [`rule{is: ${formats.get(use.format) ?? ''}}`]),
        ]
      case 'bytes':
        return lengths(use)
      case 'array':
        return bounds([
          ['minItems', use.minItems],
          ['maxItems', use.maxItems],
        ])
      case 'map':
        return counts(use)
      default:
        return []
    }
  }

  /** The variable of a pattern. Its name depends on nothing else in the contract. */
  pattern(pattern: string): string {
    const name = `pattern${digestOf(pattern)}`
    this.patterns.set(pattern, name)
    return name
  }

  /** Declares the patterns, in the order of their names. */
  declare(out: CodeWriter): void {
    for (const [pattern, name] of [...this.patterns].sort(([, a], [, b]) => (a < b ? -1 : 1))) {
      out.blank()
      out.block(`var ${name} = &pattern{`, () => {
        out.line(`source:     ${quoted(pattern)},`, `expression: ${quoted(goExpression(pattern))},`)
      })
      out.line('}')
    }
  }
}

/** How many members there may be. */
export const counts = (use: {
  minProperties?: number | undefined
  maxProperties?: number | undefined
}): string[] =>
  bounds([
    ['minProperties', use.minProperties],
    ['maxProperties', use.maxProperties],
  ])

const lengths = (use: { minLength?: number; maxLength?: number }): string[] =>
  bounds([
    ['minLength', use.minLength],
    ['maxLength', use.maxLength],
  ])

const bounds = (all: readonly (readonly [string, number | undefined])[]): string[] =>
  all.flatMap(([name, value]) => (value === undefined ? [] : [`rule{is: ${name}, limit: ${numeral(value)}}`]))
