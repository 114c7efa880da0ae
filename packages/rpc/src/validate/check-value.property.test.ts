import fc from 'fast-check'
import { expect, it } from 'vitest'

import { anySchema, types, valueFor } from '../../test/any-schema.js'
import { isTooDeep } from '../json/json-value.js'
import { isDeep } from '../schema/schema-facts.js'
import { checkValue } from './check-value.js'
import { compileCheck } from './compile-check.js'

const pair = anySchema.chain(schema => fc.tuple(fc.constant(schema), valueFor(schema)))

it('the compiled check never accepts what the walk refuses, and accepts nearly all that the walk accepts', () => {
  let [accepted, quickly] = [0, 0]
  fc.assert(
    fc.property(pair, ([schema, value]) => {
      const fast = compileCheck(schema, types)
      const quick = fast?.(value) === true && !(isDeep(schema, types) && isTooDeep(value))
      const issue = checkValue(schema, types, value)
      if (issue === undefined) accepted++
      if (quick) quickly++
      if (quick) expect(issue).toBeUndefined()
    }),
    { numRuns: 20_000, seed: 1 },
  )
  expect(accepted).toBeGreaterThan(4000)
  expect(quickly / accepted).toBeGreaterThan(0.9)
})
