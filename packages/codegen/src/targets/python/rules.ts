import { CodegenError } from '../../codegen-error.js'
import type { TypeUse } from '../../model.js'
import { runtimeAlias as ipc } from './facts.js'

/** The formats that are checked; any other says something to people only. */
const formats: ReadonlySet<string> = new Set([
  ...['date-time', 'date', 'time', 'uuid', 'email', 'uri', 'ipv4', 'ipv6', 'int64', 'uint64'],
])

/** What texts must look like: gathered while codecs are written, declared before them. */
export class Rules {
  usesFormats = false

  /** The rules of a text, in the order in which they are checked. */
  of(use: Extract<TypeUse, { kind: 'string' }>): string[] {
    return [
      ...(use.pattern === undefined ? [] : [this.pattern(use.pattern)]),
      ...(use.format === undefined || !formats.has(use.format) ? [] : [this.format(use.format)]),
    ]
  }

  /** The rule for the names of a map. */
  name(pattern: string): string {
    return this.pattern(pattern)
  }

  private format(format: string): string {
    this.usesFormats = true
    return `formats.${format.toUpperCase().replaceAll('-', '_')}`
  }

  private pattern(pattern: string): string {
    throw new CodegenError(`Patterns are not generated yet (${pattern}, ${ipc})`)
  }
}
