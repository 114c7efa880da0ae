import { step } from '../json/json-pointer.js'
import type { PlainSchema, PlainTypes } from '../schema/plain-schema.js'

/** A fault of a value: where, as a JSON Pointer (RFC 6901) into it, and what. */
export interface Issue {
  path: string
  message: string
}

/** A value, its schema, and where we are. */
export interface CheckContext {
  /** Not a reference. */
  schema: PlainSchema
  types: PlainTypes
  value: unknown
  path: string
  /** How many containers are around the value. */
  depth: number
  /** What was tried for unions whose branches nothing distinguishes, so that unions in unions are not tried again and again. */
  tried: Map<unknown, Map<PlainSchema, boolean>>
  /** The walk through a whole value, for checks of one part of it. */
  walk: (at: CheckContext) => Issue | undefined
}

export const fault = (at: CheckContext, message: string): Issue => ({ path: at.path, message })

/** A fault of a member that is missing or too many: its path ends in its own name. */
export const memberFault = (at: CheckContext, name: string, message: string): Issue => ({
  path: at.path + step(name),
  message,
})

export const below = (
  at: CheckContext,
  schema: PlainSchema,
  name: string | number,
  value: unknown,
): CheckContext => ({
  ...at,
  schema,
  value,
  path: at.path + step(name),
  depth: at.depth + 1,
})

/** The first fault that is found in a list. */
export function first<T>(list: Iterable<T>, check: (entry: T) => Issue | undefined): Issue | undefined {
  for (const entry of list) {
    const issue = check(entry)
    if (issue !== undefined) return issue
  }
  return undefined
}
