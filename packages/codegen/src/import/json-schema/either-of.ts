import type { PlainSchema } from '@simple-ipc/rpc'
import { sameJson, type Read } from './places.js'

/**
 * A union; undefined of no branches. Where branches may overlap (`isFree`), one that another contains is left out, and
 * texts among which others may come are an open list.
 */
export function eitherOf(all: readonly PlainSchema[], isFree: boolean): Read {
  const branches = isFree ? opened(all.filter((branch, i) => !isContained(branch, i, all))) : all
  const [only, ...more] = branches
  return more.length === 0 ? only : { anyOf: [...branches] }
}

const isContained = (branch: PlainSchema, i: number, all: readonly PlainSchema[]): boolean =>
  all.some((other, k) => k !== i && contains(other, branch) && !(k > i && contains(branch, other)))

/** Certainly: what is not seen at once may be so all the same. */
function contains(whole: PlainSchema, part: PlainSchema): boolean {
  const said = Object.keys(essence(whole))
  if (said.length === 0 || sameJson(essence(whole), essence(part))) return true
  const values = listed(part)
  if (values !== undefined && listed(whole) !== undefined)
    return values.every(value => listed(whole)?.includes(value) === true)
  if (said.join() !== 'type') return false
  if (part.enum !== undefined && whole.type === 'string') return false
  const kinds =
    part.type === undefined
      ? (part.enum ?? []).map(value => (value === null ? 'null' : typeof value))
      : [part.type]
  return (
    kinds.length > 0 &&
    kinds.every(kind => kind === whole.type || (kind === 'integer' && whole.type === 'number'))
  )
}

const listed = (schema: PlainSchema): unknown[] | undefined => {
  if (schema['x-open'] === true) return undefined
  if (schema.const !== undefined) return [schema.const]
  return schema.enum ?? (schema.type === 'null' ? [null] : undefined)
}

/** `anyOf: [an enum of strings, string]` names what is known. */
function opened(branches: readonly PlainSchema[]): readonly PlainSchema[] {
  const text = branches.find(branch => sameJson(essence(branch), { type: 'string' }))
  const lists = branches.filter(isTexts)
  const [first] = lists
  if (text === undefined || first === undefined) return branches
  const values = [...new Set(lists.flatMap(({ enum: values = [] }) => values))]
  const open: PlainSchema = { ...text, ...first, enum: values, 'x-open': true }
  delete open.type
  return branches
    .filter(branch => branch !== text && !(isTexts(branch) && branch !== first))
    .map(branch => (branch === first ? open : branch))
}

const isTexts = (branch: PlainSchema): boolean =>
  branch.enum?.every(value => typeof value === 'string') === true && branch['x-open'] === undefined

/** What decides about values. */
export function essence(schema: PlainSchema): PlainSchema {
  return Object.fromEntries(
    Object.entries(schema).filter(([key]) => !texts.has(key) && (!key.startsWith('x-') || key === 'x-open')),
  )
}
const texts: ReadonlySet<string> = new Set([
  ...['title', 'description', 'default', 'examples', 'deprecated', 'readOnly', 'writeOnly', '$comment'],
])
