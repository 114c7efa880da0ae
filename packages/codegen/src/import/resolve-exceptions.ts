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
import type { Exception, Exceptions } from './base/exceptions.js'
import type { ImportResult } from './base/import-result.js'
import { hasWildcards, placesOf } from './base/paths.js'
import { giveOwnTitles, numberTitle } from './base/own-titles.js'
import { firstToReplace, replace } from './base/replace-in-contract.js'
import { simplifyUnions } from './base/simplify-unions.js'
import { languageRefusals } from './language-refusals.js'

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
  // Types may share parts: what is replaced in one of them stays in the others.
  const contract = JSON.parse(JSON.stringify(imported.contract)) as PlainContract
  leaveOutUnwanted(contract, exceptions)
  const notes: Refusal[] = []
  const tried = new Set<string>()
  for (;;) {
    if (imported.isOwn !== true) {
      simplifyUnions(contract)
      notes.push(...giveOwnTitles(contract))
    }
    const refusals = refusalsOf(contract)
    const named = refusals.flatMap(
      refusal => nameFirst(refusal, contract) ?? numberTitle(refusal, contract) ?? [],
    )
    notes.push(...named)
    const isChanged = named.length > 0 || replaceRefused(contract, refusals, exceptions, tried, left)
    if (isChanged) continue
    const all = [...left, ...refusals.map(atPlace)]
    if (all.length > 0) throw new CodegenError(`No contract can be made of ${source}`, all)
    const json = serializeContract(defineContract(contractSpec(contract)))
    return {
      contract,
      json,
      notes: [...notes, ...exceptions.all.flatMap(each => idleNote(each, exceptions))],
    }
  }
}

/** Puts exceptions where something is refused; false if there was no place for one. */
function replaceRefused(
  contract: PlainContract,
  refusals: readonly Refusal[],
  exceptions: Exceptions,
  tried: Set<string>,
  left: Refusal[],
): boolean {
  const places = [...new Set(refusals.map(placeOf))].filter(place => !tried.has(place))
  const covered = places.filter(place => exceptions.find(place) !== undefined)
  let isChanged = false
  for (const place of firstToReplace(covered, contract)) {
    const exception = exceptions.find(place)
    if (exception === undefined) continue
    tried.add(place)
    if (replace(contract, place, exception)) {
      exceptions.used.add(exception)
      isChanged = true
      continue
    }
    // One for many places is not meant for those where there is nothing of its kind.
    if (hasWildcards(exception.path)) continue
    exceptions.used.add(exception)
    left.push({ path: place, message: `cannot be replaced: ${whyNot(exception)}` })
  }
  return isChanged
}

function whyNot({ instead }: Exception): string {
  if (instead === 'joined' || instead === 'first-match') return `'${instead}' is for unions`
  if (instead === 'or-null') return "'or-null' is for params by position"
  if (instead === 'typed') return "'typed' is for keywords without a type"
  return 'it is not there any more'
}

/** Of two types that say the same either one may be meant: a document says by its references which, or does not care. */
function nameFirst({ path, message }: Refusal, contract: PlainContract): Refusal | undefined {
  const [, name] = /^equals two types, '(.+)' and '.+': write/u.exec(message) ?? []
  if (name === undefined) return undefined
  const reason = `equals several types, of which '${name}' is the first`
  return replace(contract, path, { instead: { $ref: name }, reason }) ? { path, message: reason } : undefined
}

/** What is to be left out goes whether it is refused or not. */
function leaveOutUnwanted(contract: PlainContract, exceptions: Exceptions): void {
  for (const exception of exceptions.all) {
    if (exception.instead !== 'nothing') continue
    // From the end, so that the elements of lists keep their numbers.
    for (const place of placesOf(contract, exception.path).toReversed()) {
      exceptions.used.add(exception)
      replace(contract, place, exception)
    }
  }
}

const idleNote = (exception: Exceptions['all'][number], { used }: Exceptions): Refusal[] =>
  used.has(exception)
    ? []
    : [{ path: exception.path, message: 'is an exception that this document does not need' }]

/** What `defineContract` and the generator refuse. */
function refusalsOf(current: PlainContract): readonly Refusal[] {
  // What is found out about a schema is kept with it, so what was replaced inside one needs another.
  const contract = structuredClone(current)
  try {
    defineContract(contractSpec(contract))
    return generatorRefusals(contract)
  } catch (error) {
    if (!(error instanceof ContractError)) throw error
    // One fault is told once.
    const told = new Set(error.faults.map(fault => fault.path))
    const more = generatorRefusals(contract).filter(refusal => !told.has(refusal.path))
    return [...error.faults, ...more]
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
const anyLanguage = { title: 'code', refusals: languageRefusals }

const placeOf = ({ path, whole }: Refusal): string => whole ?? path

/** Under the place that an exception would name. */
const atPlace = (refusal: Refusal): Refusal =>
  refusal.whole === undefined || refusal.whole === refusal.path
    ? refusal
    : { ...refusal, path: refusal.whole, message: `${refusal.path} ${refusal.message}` }
