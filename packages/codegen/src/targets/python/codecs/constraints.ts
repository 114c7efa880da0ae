import { digestOf } from '../../../naming/digest.js'
import type { CodeWriter } from '../../../print/code-writer.js'
import type { TypeUse } from '../../../model/model.js'
import { compilePattern, type PatternProgram, type PatternStep } from '../../../model/pattern-program.js'
import type { Imports } from '../print/imports.js'
import { call, lines, tuple, type Expression } from '../print/layout.js'
import type { LongStrings } from '../types/type-context.js'

/** The formats that are checked; any other says something to people only. */
const formats: ReadonlySet<string> = new Set([
  ...['date-time', 'date', 'time', 'uuid', 'email', 'uri', 'ipv4', 'ipv6', 'int64', 'uint64'],
])

/** What texts must look like: gathered while codecs are written, declared before them. */
export class Rules {
  usesFormats = false
  private readonly patterns = new Map<string, string>()
  private readonly imports: Imports
  private readonly texts: LongStrings

  constructor(imports: Imports, texts: LongStrings) {
    this.imports = imports
    this.texts = texts
  }

  /** The rules of a text, in the order in which they are checked. */
  of(use: Extract<TypeUse, { kind: 'string' }>): string[] {
    return [
      ...(use.pattern === undefined ? [] : [this.name(use.pattern)]),
      ...(use.format === undefined || !formats.has(use.format) ? [] : [this.format(use.format)]),
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
        this.texts.of(pattern),
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
