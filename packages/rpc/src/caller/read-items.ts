import type { Issue } from '../validate/check-context.js'
import type { Codec } from '../validate/codec.js'
import { decoded } from './settle-call.js'

/** Values that arrived together, as they are here: those before the first that does not fit, and why that one does not. */
export function readItems(
  codec: Codec,
  wire: readonly unknown[],
  validate: boolean,
): { values: readonly unknown[]; misfit?: { issue: Issue; value: unknown } } {
  const values: unknown[] = []
  for (const value of wire) {
    const issue = validate ? codec.check(value) : undefined
    if (issue !== undefined) return { values, misfit: { issue, value } }
    values.push(decoded(codec, value))
  }
  return { values }
}
