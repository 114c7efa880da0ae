import { fault, type At, type Source } from './read-context.js'

// TypeBox before 1.0, the package @sinclair/typebox, marks schemas with symbols. What it writes is JSON Schema all the
// same, but for what only its own functions understand.

const mark = (name: string): symbol => Symbol.for(`TypeBox.${name}`)
const [kind, optional, transform] = [mark('Kind'), mark('Optional'), mark('Transform')]

export const isOfOldTypeBox = (source: Source): boolean => Object.hasOwn(source, kind)

/** Reports what such a schema means by its marks alone; false if there is nothing else in it. */
export function checkOldTypeBox(source: Source, at: At, mayBeOptional: boolean): boolean {
  const marks = source as Record<symbol, unknown>
  if (!mayBeOptional && Object.hasOwn(source, optional))
    fault(
      at,
      'is marked Type.Optional, which is for members of objects; for a value that may be null use Type.Union([…, Type.Null()])',
    )
  if (Object.hasOwn(source, transform))
    fault(
      at,
      'is a Type.Transform of @sinclair/typebox, whose conversions are not run here: leave it out, and convert in the handler',
    )
  if (marks[kind] !== 'This') return true
  fault(
    at,
    'refers to itself by Type.Recursive of @sinclair/typebox: give the type a name in types, and use Type.Ref of @simple-ipc/rpc',
  )
  return false
}
