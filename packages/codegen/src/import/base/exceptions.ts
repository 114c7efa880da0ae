import type { PlainContract, PlainSchema } from '@simple-ipc/rpc'
import { CodegenError } from '../../contract/codegen-error.js'
import { stepsOf } from '../../contract/contract-json.js'
import { mergeUnion } from './merge-union.js'

/** A place that cannot be carried as it is, and what a person decided to have there instead. */
export interface Exception {
  /** The JSON Pointer that the refusal names: into the document, or into the contract. */
  path: string
  /**
   * A schema, `{}` for any value; 'joined': one object with the members of all that cannot be distinguished;
   * 'first-match': the union as it is, read as the first branch that fits; 'nothing': the method, member or type is left
   * out.
   */
  instead: PlainSchema | 'joined' | 'first-match' | 'nothing'
  reason: string
}

/** Reads a list of exceptions, a JSON file that is kept beside the document. */
export function readExceptions(text: string, file: string): Exception[] {
  let list: unknown
  try {
    list = JSON.parse(text)
  } catch (error) {
    throw new CodegenError(
      `${file} is not valid JSON: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
  if (!Array.isArray(list)) throw new CodegenError(`${file} must be a list of { path, instead, reason }`)
  const faults = list.flatMap((entry: unknown, i) => faultOf(entry, i))
  if (faults.length > 0) throw new CodegenError(`${file} cannot be used`, faults)
  return list as Exception[]
}

/** What may stand in place of a schema. */
const ways: readonly unknown[] = ['joined', 'first-match', 'nothing']

function faultOf(entry: unknown, i: number): { path: string; message: string }[] {
  const { path, instead, reason } = (entry ?? {}) as Partial<Record<keyof Exception, unknown>>
  const isSchema = typeof instead === 'object' && instead !== null && !Array.isArray(instead)
  if (
    typeof path !== 'string' ||
    typeof reason !== 'string' ||
    reason === '' ||
    (!isSchema && !ways.includes(instead))
  )
    return [
      {
        path: `/${i}`,
        message:
          'must have a path, a reason, and as instead a schema ({} for any value), "joined" for one object with the members of all branches, "first-match" to read the first branch that fits, or "nothing" to leave it out',
      },
    ]
  return []
}

/**
 * The same contract with the value at the exception's place replaced; undefined if there is no such place,
 * or no union to join.
 */
export function replaced(
  contract: PlainContract,
  { path, instead, reason }: Exception,
): PlainContract | undefined {
  const copy = structuredClone(contract)
  const names = stepsOf(path)
  const last = names.pop()
  let at: unknown = copy
  for (const name of names) at = memberOf(at, name)
  const found = last === undefined ? undefined : memberOf(at, last)
  if (last === undefined || found === undefined) return undefined
  const owner = at as Record<string, unknown>
  if (instead === 'nothing') {
    Reflect.deleteProperty(owner, last)
    if (names.at(-1) === 'properties') forget(copy, names.slice(0, -1), last)
    return copy
  }
  // Documentation stays; the reason is there to be read.
  const { description } = found as PlainSchema
  const schema = insteadOf(found as PlainSchema, instead, copy)
  if (schema === undefined) return undefined
  owner[last] = { ...schema, ...(description === undefined ? {} : { description }), $comment: reason }
  return copy
}

function insteadOf(
  found: PlainSchema,
  instead: Exclude<Exception['instead'], 'nothing'>,
  { types }: PlainContract,
): PlainSchema | undefined {
  if (instead === 'joined') return mergeUnion(found, types)
  if (instead !== 'first-match') return instead
  return found.anyOf === undefined ? undefined : { ...found, 'x-first-match': true }
}

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined

/** A member that is gone is not required. */
function forget(contract: PlainContract, names: readonly string[], member: string): void {
  let at: unknown = contract
  for (const name of names) at = memberOf(at, name)
  const schema = at as PlainSchema
  const required = (schema.required ?? []).filter(name => name !== member)
  if (required.length > 0) schema.required = required
  else delete schema.required
}
