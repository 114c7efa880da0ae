import type { PlainSchema } from '@simple-ipc/rpc'
import { step } from '../../contract/contract-json.js'
import type { Node, SchemaDocument } from './schema-document.js'

const safest = Number.MAX_SAFE_INTEGER

/** A number or an integer, with the bounds of any draft. */
export function readNumber(node: Node, path: string, document: SchemaDocument): PlainSchema {
  const { multipleOf, format } = node
  if (format !== undefined)
    document.note(
      step(path, 'format'),
      `${JSON.stringify(format)} is left out; write minimum and maximum where a range is meant`,
    )
  // Draft-04 says with true that the bound itself is excluded.
  const bounds = {
    ...bound('minimum', 'exclusiveMinimum', node),
    ...bound('maximum', 'exclusiveMaximum', node),
  }
  const isWhole = node['type'] === 'integer' || multipleOf === 1
  if (!isWhole) {
    if (multipleOf !== undefined)
      document.refuse(
        step(path, 'multipleOf'),
        'is for integers: with fractions the answer depends on rounding; leave it out, or use an integer of smaller units',
      )
    return { type: 'number', ...bounds }
  }
  return {
    type: 'integer',
    ...wholeBounds(bounds, path, document),
    ...(multipleOf === undefined || multipleOf === 1 ? {} : { multipleOf: multipleOf as number }),
  }
}

type Bounds = Pick<PlainSchema, 'minimum' | 'exclusiveMinimum' | 'maximum' | 'exclusiveMaximum'>

function bound(
  plain: 'minimum' | 'maximum',
  exclusive: 'exclusiveMinimum' | 'exclusiveMaximum',
  node: Node,
): Bounds {
  const { [plain]: value, [exclusive]: excluded } = node
  if (excluded === true) return value === undefined ? {} : { [exclusive]: value as number }
  return {
    ...(value === undefined ? {} : { [plain]: value as number }),
    ...(excluded === undefined || excluded === false ? {} : { [exclusive]: excluded as number }),
  }
}

/** Between two integers no bound is different from the nearer one; outside what travels exactly none is needed. */
function wholeBounds(bounds: Bounds, path: string, document: SchemaDocument): Bounds {
  const found: Bounds = {}
  for (const [key, value] of Object.entries(bounds) as [keyof Bounds, number][]) {
    const isLower = key === 'minimum' || key === 'exclusiveMinimum'
    if (Number.isInteger(value) && !Number.isSafeInteger(value) && value > 0 !== isLower)
      document.note(step(path, key), `is left out; integers travel within ±${safest} anyway`)
    else if (Number.isFinite(value) && !Number.isInteger(value))
      found[isLower ? 'minimum' : 'maximum'] = isLower ? Math.ceil(value) : Math.floor(value)
    else found[key] = value
  }
  return found
}
