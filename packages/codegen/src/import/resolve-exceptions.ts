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
import type { Exceptions } from './base/exceptions.js'
import type { ImportResult } from './base/import-result.js'
import { placesOf } from './base/paths.js'
import { firstToReplace, replaced } from './base/replace-in-contract.js'

/** A contract of which code can be generated. */
export interface ResolvedContract {
  contract: PlainContract
  json: SerializedContract
  /** Exceptions that this document does not need. */
  notes: Refusal[]
}

/**
 * Checks an imported contract as `defineContract` and the generator do, and puts the exceptions where something is
 * refused. Throws a CodegenError that lists what is refused without an exception.
 */
export function resolveExceptions(
  imported: ImportResult,
  exceptions: Exceptions,
  source: string,
): ResolvedContract {
  const left = [...imported.refusals]
  let contract = withoutUnwanted(imported.contract, exceptions)
  const tried = new Set<string>()
  for (;;) {
    const { json, refusals } = checked(contract)
    const places = [...new Set(refusals.map(placeOf))].filter(place => !tried.has(place))
    let isChanged = false
    const covered = places.filter(place => exceptions.find(place) !== undefined)
    for (const place of firstToReplace(covered, contract)) {
      const exception = exceptions.find(place)
      if (exception === undefined) continue
      tried.add(place)
      exceptions.used.add(exception)
      const next = replaced(contract, place, exception)
      if (next === undefined)
        left.push({
          path: place,
          message: `cannot be replaced: ${exception.instead === 'joined' || exception.instead === 'first-match' ? `'${exception.instead}' is for unions` : 'it is not there any more'}`,
        })
      else {
        contract = next
        isChanged = true
      }
    }
    if (isChanged) continue
    const all = [...left, ...refusals.map(atPlace)]
    if (all.length > 0 || json === undefined)
      throw new CodegenError(`No contract can be made of ${source}`, all)
    return { contract, json, notes: exceptions.all.flatMap(each => idleNote(each, exceptions)) }
  }
}

/** What is to be left out goes whether it is refused or not. */
function withoutUnwanted(whole: PlainContract, exceptions: Exceptions): PlainContract {
  let contract = whole
  for (const exception of exceptions.all) {
    if (exception.instead !== 'nothing') continue
    // From the end, so that the elements of lists keep their numbers.
    for (const place of placesOf(contract, exception.path).toReversed()) {
      exceptions.used.add(exception)
      contract = replaced(contract, place, exception) ?? contract
    }
  }
  return contract
}

const idleNote = (exception: Exceptions['all'][number], { used }: Exceptions): Refusal[] =>
  used.has(exception)
    ? []
    : [{ path: exception.path, message: 'is an exception that this document does not need' }]

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
    : { ...refusal, path: refusal.whole, message: `${refusal.path} ${refusal.message}` }
