import { digestOf } from '../../../naming/digest.js'
import type { GoWriter } from '../print/go-writer.js'
import type { TypeRef } from '../../../model/model.js'
import { goExpression } from './pattern.js'
import { quoted } from '../print/text.js'
import { numeral } from '../types/type-ref.js'

/** The formats that are checked, by their constants in the runtime; any other says something to people only. */
const formats: ReadonlyMap<string, string> = new Map([
  ['date-time', 'DateTime'],
  ['date', 'Date'],
  ['time', 'TimeOfDay'],
  ['uuid', 'UUID'],
  ['email', 'Email'],
  ['uri', 'URI'],
  ['ipv4', 'IPv4'],
  ['ipv6', 'IPv6'],
  ['int64', 'Int64Text'],
  ['uint64', 'Uint64Text'],
])

/** What values must obey beyond their type: patterns are gathered while codecs are written. */
export class Constraints {
  private readonly patterns = new Map<string, string>()

  /** The rules of a value as arguments, in the order in which they are checked. */
  of(ref: TypeRef): string[] {
    switch (ref.kind) {
      case 'integer':
      case 'number':
        return bounds([
          ['AtLeast', ref.minimum],
          ['MoreThan', ref.exclusiveMinimum],
          ['AtMost', ref.maximum],
          ['LessThan', ref.exclusiveMaximum],
          ['MultipleOf', ref.kind === 'integer' ? ref.multipleOf : undefined],
        ])
      case 'string':
        return [
          ...lengths(ref),
          ...(ref.pattern === undefined ? [] : [`jsontree.Matches(${this.pattern(ref.pattern)})`]),
          ...(ref.format === undefined || !formats.has(ref.format)
            ? []
            : [`jsontree.HasFormat(jsontree.${formats.get(ref.format) ?? ''})`]),
        ]
      case 'bytes':
        return lengths(ref)
      case 'array':
        return bounds([
          ['MinItems', ref.minItems],
          ['MaxItems', ref.maxItems],
        ])
      case 'map':
        return counts(ref)
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
  declare(out: GoWriter): void {
    for (const [pattern, name] of [...this.patterns].sort(([, a], [, b]) => (a < b ? -1 : 1))) {
      out.blank()
      out.block(`var ${name} = &jsontree.Pattern{`, () => {
        out.line(`Source:     ${quoted(pattern)},`, `Expression: ${quoted(goExpression(pattern))},`)
      })
    }
  }
}

/** How many members there may be. */
export const counts = (ref: {
  minProperties?: number | undefined
  maxProperties?: number | undefined
}): string[] =>
  bounds([
    ['MinProperties', ref.minProperties],
    ['MaxProperties', ref.maxProperties],
  ])

const lengths = (ref: { minLength?: number; maxLength?: number }): string[] =>
  bounds([
    ['MinLength', ref.minLength],
    ['MaxLength', ref.maxLength],
  ])

const bounds = (all: readonly (readonly [string, number | undefined])[]): string[] =>
  all.flatMap(([name, value]) => (value === undefined ? [] : [`jsontree.${name}(${numeral(value)})`]))
