import { digestOf } from '../../../naming/digest.js'
import type { CodeWriter } from '../../../print/code-writer.js'
import type { TypeRef } from '../../../model/model.js'
import { compilePattern, type PatternProgram, type PatternStep } from '../../../model/pattern-program.js'
import type { Imports } from '../print/imports.js'
import { call, lines, tuple, type Expression } from '../print/layout.js'
import type { LongStrings } from '../types/type-context.js'

/** The formats that are checked; any other says something to people only. */
const formats: ReadonlySet<string> = new Set([
  ...['date-time', 'date', 'time', 'uuid', 'email', 'uri', 'ipv4', 'ipv6', 'int64', 'uint64'],
])

/** What texts must look like: gathered while codecs are written, declared before them. */
export class Constraints {
  usesFormats = false
  private readonly patterns = new Map<string, string>()
  private readonly imports: Imports
  private readonly strings: LongStrings

  constructor(imports: Imports, strings: LongStrings) {
    this.imports = imports
    this.strings = strings
  }

  /** The rules of a text, in the order in which they are checked. */
  of(ref: Extract<TypeRef, { kind: 'string' }>): string[] {
    return [
      ...(ref.pattern === undefined ? [] : [this.name(ref.pattern)]),
      ...(ref.format === undefined || !formats.has(ref.format) ? [] : [this.format(ref.format)]),
    ]
  }

  /** The constant of a pattern. Its name depends on nothing else in the contract. */
  name(pattern: string): string {
    const name = `_PATTERN_${digestOf(pattern).toUpperCase()}`
    this.patterns.set(pattern, name)
    return name
  }

  get usesPatterns(): boolean {
    return this.patterns.size > 0
  }

  /** Declares the patterns, in the order of their names. */
  declare(out: CodeWriter): void {
    for (const [pattern, name] of [...this.patterns].sort(([, a], [, b]) => (a < b ? -1 : 1))) {
      const program = compilePattern(pattern)
      if ('fault' in program) continue
      const made = call(
        'patterns.Pattern',
        this.strings.of(pattern),
        tuple(...program.steps.map(stepOf)),
        tuple(...program.classes.map(numbers)),
      )
      out.blank(2)
      out.line(...lines(`${name}: ${this.imports.use('Final')} = `, made, '', 0))
    }
  }

  private format(format: string): string {
    this.usesFormats = true
    return `formats.${format.toUpperCase().replaceAll('-', '_')}`
  }
}

const numbers = (all: PatternProgram['classes'][number]): Expression => tuple(...all.map(String))

/** As the machine in the runtime reads it. */
function stepOf(step: PatternStep): Expression {
  switch (step.op) {
    case 'take':
      return `("take", ${step.next}, ${step.class})`
    case 'split':
      return `("split", ${step.next}, ${step.other})`
    case 'start':
    case 'end':
      return `("${step.op}", ${step.next}, 0)`
    case 'match':
      return '("match", 0, 0)'
  }
}
