import type { PlainSchema } from '@simple-ipc/rpc'
import { step } from '../../contract/contract-json.js'
import type { Merging } from './merge-parts.js'
import { atLeast, atMost } from './part-values.js'
import type { Part, Place, Read } from './places.js'

/** What one part says of the elements. */
interface Elements {
  /** Of the first ones, each. */
  first: Place[]
  /** Of all others. */
  rest: Place
}

/** A tuple longer than this is better an array. */
const longestTuple = 256

/** An array of one type, or a tuple as draft-07 (`items: […]`) or 2020-12 (`prefixItems`) writes it. */
export function mergeArrays(merging: Merging): Read {
  const { parts, path, document, join } = merging
  const elements = parts.map(part => elementsOf(part, merging))
  const length = Math.max(0, ...elements.map(({ first }) => first.length))
  const counts = { ...atLeast('minItems', merging), ...atMost('maxItems', merging) }
  const unique = parts.some(({ node }) => node['uniqueItems'] === true)
  const rest = join(
    elements.map(each => each.rest),
    elements.length === 1 ? (elements[0]?.rest.path ?? path) : step(path, 'items'),
    document,
  )
  if (document.isOwn && parts.some(({ node }) => Array.isArray(node['items']) && length === 0))
    return { type: 'array', items: [], additionalItems: false, minItems: 0 }
  if (length === 0) {
    if (rest === undefined) counts.maxItems = 0
    return { type: 'array', items: rest ?? {}, ...counts, ...(unique ? { uniqueItems: true } : {}) }
  }
  const closed = elements.filter(each => each.rest.node === false).map(({ first }) => first.length)
  const most = Math.min(counts.maxItems ?? Infinity, rest === undefined ? length : Infinity, ...closed)
  const least = counts.minItems ?? 0
  if (least > most) return undefined
  if (least !== most || most > longestTuple) {
    refuseLength(merging, length, { least, most }, rest, elements)
    return {}
  }
  if (most === 0) return { type: 'array', items: {}, maxItems: 0 }
  if (unique) {
    const at = parts.find(({ node }) => node['uniqueItems'] === true)?.path ?? path
    document.refuse(step(at, 'uniqueItems'), 'is for arrays; leave it out of a tuple')
  }
  const items = Array.from({ length: most }, (_, i) => {
    const places = elements.map(({ first, rest }) => first[i] ?? rest)
    return join(places, places[0]?.path ?? path, document)
  })
  // An element that nothing fits.
  if (!items.every(item => item !== undefined)) return undefined
  return { type: 'array', items, additionalItems: false, minItems: items.length }
}

/** Tuples of a contract have exactly the elements that are listed. */
function refuseLength(
  { path, document }: Merging,
  length: number,
  { least, most }: { least: number; most: number },
  rest: Read,
  elements: readonly Elements[],
): PlainSchema {
  const at = elements.find(({ first }) => first.length > 0)?.rest.path ?? path
  if (most === Infinity)
    return rest === undefined || Object.keys(rest).length === 0
      ? document.refuse(
          path,
          `lets elements follow the ${length} of the tuple; add "${at.slice(at.lastIndexOf('/') + 1)}": false, and "minItems": ${length}`,
        )
      : document.refuse(at, 'lets a tuple go on; write an array, or a tuple of fixed length')
  return document.refuse(
    path,
    least < length && most === length
      ? `lets elements of the tuple be missing; add "minItems": ${length}`
      : `counts from ${least} to ${most} elements of a tuple; let minItems and maxItems be the same`,
  )
}

function elementsOf({ node, path }: Part, { document }: Merging): Elements {
  const { items, prefixItems, additionalItems } = node
  const tuple = prefixItems ?? (Array.isArray(items) ? items : undefined)
  const key = prefixItems === undefined ? 'items' : 'prefixItems'
  const restKey = tuple !== undefined && prefixItems === undefined ? 'additionalItems' : 'items'
  if (additionalItems !== undefined && restKey !== 'additionalItems')
    document.note(
      step(path, 'additionalItems'),
      'is left out; it is for tuples of older drafts and says nothing here',
    )
  const rest = { node: node[restKey] ?? true, path: step(path, restKey) }
  if (tuple === undefined) return { first: [], rest }
  if (!Array.isArray(tuple) || Array.isArray(node[restKey])) {
    document.refuse(step(path, key), 'must be a list of schemas, and what follows it one schema')
    return { first: [], rest: { node: true, path } }
  }
  return { first: tuple.map((each: unknown, i) => ({ node: each, path: step(path, key, i) })), rest }
}
