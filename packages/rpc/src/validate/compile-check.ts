import { Compile } from 'typebox/schema'

import type { PlainSchema, PlainTypes } from '../schema/plain-schema.js'
import { compilerSchema } from './compiler-schema.js'

/**
 * A compiled check: true means that the walk would find nothing. Undefined where code may not be generated
 * (`--disallow-code-generation-from-strings`): the walk alone is faster than TypeBox's interpreter then.
 *
 * This file is loaded when the first connection is made, not with the package: TypeBox's compiler is most of its size.
 */
export function compileCheck(
  schema: PlainSchema,
  types: PlainTypes,
): ((value: unknown) => boolean) | undefined {
  const fast = compilerSchema(schema, types)
  const compiled = Compile(fast.context, fast.schema)
  return compiled.IsAccelerated() ? value => compiled.Check(value) : undefined
}
