import { step } from '../../contract/contract-json.js'
import type { Merging } from './merge-parts.js'

/** What the parts say with a keyword whose value is a number. */
export function numbersOf(key: string, { parts, document }: Merging): number[] {
  return parts.flatMap(({ node, path }) => {
    const value = node[key]
    if (value === undefined) return []
    if (typeof value === 'number' && Number.isFinite(value)) return [value]
    document.refuse(step(path, key), 'must be a number')
    return []
  })
}

/** The keyword with the value that holds for all parts, if any says it. */
export function atLeast<K extends string>(key: K, merging: Merging): Partial<Record<K, number>> {
  return folded(key, numbersOf(key, merging), Math.max)
}

export function atMost<K extends string>(key: K, merging: Merging): Partial<Record<K, number>> {
  return folded(key, numbersOf(key, merging), Math.min)
}

export const folded = <K extends string>(
  key: K,
  values: readonly number[],
  fold: (...values: number[]) => number,
): Partial<Record<K, number>> =>
  (values.length === 0 ? {} : { [key]: fold(...values) }) as Partial<Record<K, number>>
