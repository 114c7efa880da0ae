import type { PlainContract, PlainSchema, PlainTypes } from '@simple-ipc/rpc'
import { own, step, stepsOf } from '../../contract/contract-json.js'
import type { Exception } from './exceptions.js'
import { mergeUnion } from './merge-union.js'

/**
 * Replaces the value at a place of a contract as an exception says; false if there is no such place, or nothing there
 * for which that is meant.
 */
export function replace(
  contract: PlainContract,
  place: string,
  { instead, reason }: Pick<Exception, 'instead' | 'reason'>,
): boolean {
  const names = stepsOf(place)
  const last = names.pop()
  const owner = find(contract, names)
  const found = last === undefined ? undefined : memberOf(owner, last)
  if (last === undefined || found === undefined) return false
  if (instead === 'nothing') {
    // An error is nothing without its code.
    if (last === 'code' && names.at(-2) === 'errors')
      return replace(contract, place.slice(0, -5), { instead, reason })
    leaveOut(contract, names, last)
    return true
  }
  if (last === 'code' && typeof instead === 'object') Object.assign(owner, instead)
  else if (names.at(-1) === 'errors' && typeof instead === 'object') Object.assign(found as object, instead)
  else {
    const schema = schemaInstead(found as PlainSchema, instead, contract)
    if (schema === undefined) return false
    // Documentation stays; the reason is there to be read.
    const { description } = found as PlainSchema
    owner[last] = { ...schema, ...(description === undefined ? {} : { description }), $comment: reason }
  }
  return true
}

function schemaInstead(
  found: PlainSchema,
  instead: Exclude<Exception['instead'], 'nothing'>,
  { types }: PlainContract,
): PlainSchema | undefined {
  // What is joined takes over members of other types, which must stay as they are.
  if (instead === 'joined') return structuredClone(mergeUnion(found, types))
  if (typeof instead === 'object') return structuredClone(instead)
  if (instead !== 'first-match') return undefined
  if (found.anyOf === undefined) return undefined
  return { ...found, anyOf: structuredClone(inTurn(found, types, new Set())), 'x-first-match': true }
}

/** The branches to try, with those of unions among them: a language tries types, not unions. */
function inTurn(union: PlainSchema, types: PlainTypes, seen: Set<PlainSchema>): PlainSchema[] {
  return (union.anyOf ?? []).flatMap(branch => {
    const target = branch.$ref === undefined ? branch : own(types, branch.$ref)
    if (target?.anyOf === undefined || target['x-open'] === true) return [branch]
    if (seen.has(target)) return []
    seen.add(target)
    return inTurn(target, types, seen)
  })
}

/**
 * Of several places those that can be replaced now: what is joined takes over the members of its branches as they are, so
 * that whatever is replaced in those comes before.
 */
export function firstToReplace(places: readonly string[], contract: PlainContract): readonly string[] {
  const free = places.filter(place => {
    const names = stepsOf(place)
    const inside = joinedTypes(find(contract, names), contract, new Set())
    const isBefore = (other: string): boolean =>
      other !== place &&
      (other.startsWith(`${place}/`) ||
        [...inside].some(name => other.startsWith(`${step('/types', name)}/`)))
    return !places.some(isBefore)
  })
  return free.length > 0 ? free : places.slice(0, 1)
}

/** The types whose members a union would take over. */
function joinedTypes(
  schema: PlainSchema | undefined,
  { types }: PlainContract,
  found: Set<string>,
): Set<string> {
  const look = (at: PlainSchema | undefined): void => {
    if (at === undefined) return
    for (const branch of at.anyOf ?? []) look(branch)
    if (at.items !== undefined && !Array.isArray(at.items)) look(at.items)
    if (at.$ref === undefined || found.has(at.$ref)) return
    found.add(at.$ref)
    look(own(types, at.$ref))
  }
  look(schema)
  return found
}

const find = (contract: PlainContract, names: readonly string[]): Record<string, unknown> => {
  let at: unknown = contract
  for (const name of names) at = memberOf(at, name)
  return at as Record<string, unknown>
}

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? own(value as Record<string, unknown>, name) : undefined

function leaveOut(contract: PlainContract, names: readonly string[], last: string): void {
  const owner: unknown = find(contract, names)
  if (Array.isArray(owner)) owner.splice(Number(last), 1)
  else Reflect.deleteProperty(owner as object, last)
  if (names.at(-1) !== 'properties') return
  // A member that is gone is not required.
  const schema = find(contract, names.slice(0, -1)) as PlainSchema
  const required = (schema.required ?? []).filter(name => name !== last)
  if (required.length > 0) schema.required = required
  else delete schema.required
}
