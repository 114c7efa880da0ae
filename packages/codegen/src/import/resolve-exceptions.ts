import {
  ContractError,
  defineContract,
  serializeContract,
  type PlainContract,
  type SerializedContract,
} from '@simple-ipc/rpc'
import { CodegenError, type Refusal } from '../contract/codegen-error.js'
import { contractSpec } from '../contract/to-contract-spec.js'
import { readContract } from '../model/read-contract.js'
import { untaggedRefusals } from '../model/untagged.js'
import { replaced, type Exception } from './base/exceptions.js'
import type { ImportResult } from './base/import-result.js'

/** A contract of which code can be generated. */
export interface ResolvedContract {
  contract: PlainContract
  json: SerializedContract
}

/**
 * Checks an imported contract as `defineContract` and the generator do, and puts the exceptions where something is
 * refused. Throws a CodegenError that lists what is refused without an exception, and exceptions without a refusal.
 */
export function resolveExceptions(
  imported: ImportResult,
  exceptions: readonly Exception[],
  source: string,
): ResolvedContract {
  let { contract } = imported
  const open = new Map(exceptions.map(exception => [exception.path, exception]))
  const left = imported.refusals.filter(({ path }) => !open.has(path))
  for (const { path } of imported.refusals) open.delete(path)
  for (;;) {
    const { json, refusals } = checked(contract)
    const places = new Set(refusals.map(placeOf))
    const used = [...open.values()].filter(({ path }) => places.has(path))
    for (const exception of used) {
      open.delete(exception.path)
      const next = replaced(contract, exception)
      if (next === undefined)
        left.push({
          path: exception.path,
          message: "cannot be replaced: 'joined' and 'first-match' are for unions",
        })
      else contract = next
    }
    if (used.length > 0) continue
    const idle = [...open.keys()].map(path => ({
      path,
      message: 'is an exception, but nothing is refused there; take it out of the list',
    }))
    const all = [...left, ...refusals.map(atPlace), ...idle]
    if (all.length > 0 || json === undefined)
      throw new CodegenError(`No contract can be made of ${source}`, all)
    return { contract, json }
  }
}

function checked(contract: PlainContract): { json?: SerializedContract; refusals: readonly Refusal[] } {
  try {
    const json = serializeContract(defineContract(contractSpec(contract)))
    readContract(json, anyLanguage)
    return { json, refusals: [] }
  } catch (error) {
    if (error instanceof ContractError) {
      // One fault is told once.
      const told = new Set(error.faults.map(fault => fault.path))
      const more = generatorRefusals(contract).filter(refusal => !told.has(refusal.path))
      return { refusals: [...error.faults, ...more] }
    }
    if (error instanceof CodegenError) return { refusals: error.refusals }
    throw error
  }
}

/** What the generator refuses as well, of a contract that may be too broken to be read. */
function generatorRefusals(contract: PlainContract): readonly Refusal[] {
  try {
    readContract({ ...contract, hash: '' }, anyLanguage)
    return []
  } catch (error) {
    return error instanceof CodegenError ? error.refusals : []
  }
}

/** What is imported can be generated in every language. */
const anyLanguage = { title: 'code', refusals: untaggedRefusals }

const placeOf = ({ path, whole }: Refusal): string => whole ?? path

/** Under the place that an exception would name. */
const atPlace = (refusal: Refusal): Refusal =>
  refusal.whole === undefined || refusal.whole === refusal.path
    ? refusal
    : { path: refusal.whole, message: `${refusal.path} ${refusal.message}` }
