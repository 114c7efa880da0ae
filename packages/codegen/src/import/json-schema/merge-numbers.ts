import type { PlainSchema } from '@simple-ipc/rpc'
import { step } from '../../contract/contract-json.js'
import type { Merging } from './merge-parts.js'
import { folded, numbersOf } from './part-values.js'
import type { Part } from './places.js'
import type { SchemaDocument } from './schema-document.js'

const safest = Number.MAX_SAFE_INTEGER

/** Numbers or integers that fit all parts, with the bounds of any draft. */
export function mergeNumbers(type: 'number' | 'integer', merging: Merging): PlainSchema {
  const { parts, document } = merging
  for (const { node, path } of parts)
    if (node['format'] !== undefined && node['type'] !== 'string')
      document.note(
        step(path, 'format'),
        `${JSON.stringify(node['format'])} is left out; write minimum and maximum where a range is meant`,
      )
  const steps = stepsOf(type, merging)
  const isWhole = type === 'integer' || steps.length > 0
  const bounds = boundsOf(parts.map(withoutOldBounds), merging)
  if (!isWhole) return { type: 'number', ...bounds }
  const multiple = steps.reduce(leastMultiple, 1)
  if (!Number.isSafeInteger(multiple))
    document.refuse(merging.path, 'joins steps whose common multiple is too large; write what holds together')
  return {
    type: 'integer',
    ...wholeBounds(bounds, merging.path, document),
    ...(multiple === 1 ? {} : { multipleOf: multiple }),
  }
}

/** The whole numbers of which values are multiples; numbers that are multiples of one are integers. */
function stepsOf(type: 'number' | 'integer', { parts, document }: Merging): number[] {
  return parts.flatMap(({ node, path }) => {
    const value = node['multipleOf']
    if (value === undefined) return []
    if (Number.isSafeInteger(value) && (value as number) >= 1) return [value as number]
    // Every integer is a multiple of a half.
    if (
      type === 'integer' &&
      typeof value === 'number' &&
      value > 0 &&
      Number.isInteger(Math.log2(1 / value))
    )
      return []
    document.refuse(
      step(path, 'multipleOf'),
      'is for integers: with fractions the answer depends on rounding; leave it out, or use an integer of smaller units',
    )
    return []
  })
}

const leastMultiple = (a: number, b: number): number => (a / greatestDivisor(a, b)) * b
const greatestDivisor = (a: number, b: number): number => (b === 0 ? a : greatestDivisor(b, a % b))

// ---- bounds --------------------------------------------------------------------------------------------------------

type Bounds = Pick<PlainSchema, 'minimum' | 'exclusiveMinimum' | 'maximum' | 'exclusiveMaximum'>

const pairs = [
  ['minimum', 'exclusiveMinimum'],
  ['maximum', 'exclusiveMaximum'],
] as const

/** Draft-04 says with true that the bound itself is excluded. */
function withoutOldBounds({ node, path }: Part): Part {
  const plain = { ...node }
  for (const [inclusive, exclusive] of pairs) {
    if (typeof plain[exclusive] !== 'boolean') continue
    const isMoved = plain[exclusive] && plain[inclusive] !== undefined
    plain[exclusive] = isMoved ? plain[inclusive] : undefined
    if (isMoved) plain[inclusive] = undefined
  }
  return { node: plain, path }
}

function boundsOf(parts: readonly Part[], merging: Merging): Bounds {
  const found: Bounds = {}
  for (const [i, pair] of pairs.entries())
    for (const key of pair)
      Object.assign(found, folded(key, numbersOf(key, { ...merging, parts }), i === 0 ? Math.max : Math.min))
  return found
}

/** Between two integers no bound is different from the nearer one; outside what travels exactly none is needed. */
function wholeBounds(bounds: Bounds, path: string, document: SchemaDocument): Bounds {
  const found: Bounds = {}
  for (const [key, value] of Object.entries(bounds) as [keyof Bounds, number][]) {
    const isLower = key === 'minimum' || key === 'exclusiveMinimum'
    const nearest = isLower ? Math.ceil(value) : Math.floor(value)
    const plain = isLower ? 'minimum' : 'maximum'
    if (Number.isInteger(value) && !Number.isSafeInteger(value) && value > 0 !== isLower)
      document.note(step(path, key), `is left out; integers travel within ±${safest} anyway`)
    else if (Number.isInteger(value)) tighten(found, key, value, isLower)
    else tighten(found, plain, nearest, isLower)
  }
  return found
}

function tighten(bounds: Bounds, key: keyof Bounds, value: number, isLower: boolean): void {
  const known = bounds[key]
  bounds[key] = known === undefined ? value : isLower ? Math.max(known, value) : Math.min(known, value)
}
