import type { Contract, Side } from '../contract/contract-spec.js'
import { plainContract } from '../contract/define-contract.js'
import { canonicalForm, nameTypes } from '../contract/name-types.js'
import { sides, type PlainContract, type PlainMethod } from '../contract/plain-contract.js'
import { canonical } from '../json/canonical-json.js'
import { step } from '../json/json-pointer.js'
import { own, resolve, type PlainSchema, type PlainTypes } from '../schema/plain-schema.js'
import { subschemasOf } from '../schema/subschemas.js'
import { checkValue } from '../validate/check-value.js'
import { checkComparable, IncomparableError, StepBudget } from './comparison-limits.js'
import { incompatibilities, type Incompatibility, type Typed } from './compare-schemas.js'

/** One difference between two contracts. */
export interface Difference {
  /** Whose member it is. */
  side: Side
  /** The method or notification. */
  member: string
  /** Where in the member: `/params/path`, `/result`, `/errors/NotACsv`; empty for the member itself. */
  path: string
  /** Can a host with the first contract and a child with the second misunderstand each other because of it? */
  breaking: boolean
  message: string
}

/**
 * How two contracts differ, seen from a host that has `host` and drives a child that has `child`: what each may send,
 * the other must accept, and what each may call, the other must have. An empty list: they understand each other.
 */
export function compareContracts(
  host: Contract | PlainContract,
  child: Contract | PlainContract,
): Difference[] {
  try {
    const contracts = { host: plainOf(host), child: plainOf(child) }
    const budget = new StepBudget()
    return sides.flatMap(side => compareSide({ ...contracts, budget }, side))
  } catch (error) {
    if (!(error instanceof IncomparableError)) throw error
    return [{ side: 'child', member: '', path: '', breaking: true, message: `one side ${error.message}` }]
  }
}

/** What `defineContract` made is sound; a description may come from anywhere. */
function plainOf(contract: Contract | PlainContract): PlainContract {
  if ('spec' in contract) return nameTypes(plainContract(contract))
  checkComparable(contract)
  return nameTypes(contract)
}

type Contracts = Record<Side, PlainContract> & { budget: StepBudget }
const otherSide: Record<Side, Side> = { host: 'child', child: 'host' }

/** A side's members as the side itself knows them, and as the other one does, which calls them. */
function compareSide(contracts: Contracts, side: Side): Difference[] {
  const [callee, caller] = [contracts[side], contracts[otherSide[side]]]
  const [mine, theirs] = [callee[side], caller[side]]
  const names = [...namesOf(mine), ...namesOf(theirs).filter(name => !namesOf(mine).includes(name))]
  return names.flatMap(name => {
    const found = compareMember(
      { callee, caller, budget: contracts.budget },
      [own(mine.methods, name), own(mine.notifications, name)],
      [own(theirs.methods, name), own(theirs.notifications, name)],
      side,
    )
    return found.map(difference => ({ side, member: name, ...difference }))
  })
}

const namesOf = (members: { methods: object; notifications: object }): string[] => [
  ...Object.keys(members.methods),
  ...Object.keys(members.notifications),
]

type Found = Omit<Difference, 'side' | 'member'>
interface Parties {
  callee: PlainContract
  caller: PlainContract
  budget: StepBudget
}
type Entry = [method: PlainMethod | undefined, notification: PlainSchema | undefined]

function compareMember(parties: Parties, mine: Entry, theirs: Entry, side: Side): Found[] {
  const [method, notification] = mine
  const [called, told] = theirs
  if (method === undefined && notification === undefined)
    return [{ path: '', breaking: true, message: `the ${side} does not have it` }]
  if (called === undefined && told === undefined)
    return [{ path: '', breaking: false, message: `the ${otherSide[side]} does not know it` }]
  if (method !== undefined && called !== undefined) return compareMethod(parties, method, called)
  if (notification !== undefined && told !== undefined) return compareParams(parties, told, notification)
  return [{ path: '', breaking: true, message: 'is a method for one side and a notification for the other' }]
}

// ---- methods -------------------------------------------------------------------------------------------------------

function compareMethod(parties: Parties, method: PlainMethod, called: PlainMethod): Found[] {
  return [
    ...compareParams(parties, called.params, method.params),
    ...compareResult(parties, method.result, called.result),
    ...compareStream(parties, method.stream, called.stream),
    ...(method.progress === undefined || called.progress === undefined
      ? oneSided('/progress', method.progress, called.progress, false)
      : passes(parties, '/progress', ...answered(parties, method.progress, called.progress))),
    ...compareErrors(parties, method.errors ?? {}, called.errors ?? {}),
    ...compareRepeats(method, called),
  ]
}

/** What the callee sends to the caller. */
const answered = (parties: Parties, sent: PlainSchema, received: PlainSchema): [Typed, Typed] => [
  { schema: sent, types: parties.callee.types },
  { schema: received, types: parties.caller.types },
]

function compareParams(
  parties: Parties,
  sent: PlainSchema | undefined,
  received: PlainSchema | undefined,
): Found[] {
  if (sent === undefined && received === undefined) return []
  if (sent !== undefined && received !== undefined)
    return passes(
      parties,
      '/params',
      { schema: sent, types: parties.caller.types },
      { schema: received, types: parties.callee.types },
    )
  if (received !== undefined) return withoutParams(received, parties.callee.types)
  const isTuple = sent !== undefined && resolve(sent, parties.caller.types).type === 'array'
  return [
    {
      path: '/params',
      breaking: isTuple,
      message: isTuple ? 'are a tuple, where none are wanted' : 'are ignored',
    },
  ]
}

/** The caller sends none: an empty object or tuple must do. */
function withoutParams(received: PlainSchema, types: PlainTypes): Found[] {
  const empty = resolve(received, types).type === 'array' ? [] : {}
  const issue = checkValue(received, types, empty)
  const message =
    issue === undefined ? 'are never sent' : `are never sent, and ${issue.path} ${issue.message}`
  return [{ path: '/params', breaking: issue !== undefined, message }]
}

function compareResult(
  parties: Parties,
  sent: PlainSchema | undefined,
  received: PlainSchema | undefined,
): Found[] {
  if (received === undefined) return oneSided('/result', sent, received, false)
  return passes(parties, '/result', ...answered(parties, sent ?? { type: 'null' }, received))
}

function compareStream(
  parties: Parties,
  sent: PlainSchema | undefined,
  received: PlainSchema | undefined,
): Found[] {
  return sent === undefined || received === undefined
    ? oneSided('/stream', sent, received, true)
    : passes(parties, '/stream', ...answered(parties, sent, received))
}

function oneSided(
  path: string,
  mine: PlainSchema | undefined,
  theirs: PlainSchema | undefined,
  breaking: boolean,
): Found[] {
  if ((mine === undefined) === (theirs === undefined)) return []
  return [{ path, breaking, message: mine === undefined ? 'is never sent' : 'is not known to the caller' }]
}

function compareErrors(
  parties: Parties,
  mine: NonNullable<PlainMethod['errors']>,
  theirs: NonNullable<PlainMethod['errors']>,
): Found[] {
  return [...new Set([...Object.keys(mine), ...Object.keys(theirs)])].flatMap(name => {
    const [sent, received, path] = [own(mine, name), own(theirs, name), `/errors${step(name)}`]
    if (sent === undefined) return [{ path, breaking: false, message: 'is never sent' }]
    if (received === undefined) return [{ path, breaking: false, message: 'is not known to the caller' }]
    if (sent.code !== received.code)
      return [
        { path, breaking: true, message: `has the code ${sent.code}, the caller knows ${received.code}` },
      ]
    if (received.data === undefined) return oneSided(`${path}/data`, sent.data, received.data, false)
    if (sent.data === undefined) return oneSided(`${path}/data`, sent.data, received.data, true)
    return passes(parties, `${path}/data`, ...answered(parties, sent.data, received.data))
  })
}

function compareRepeats(method: PlainMethod, called: PlainMethod): Found[] {
  if (method.idempotent === called.idempotent) return []
  return called.idempotent === true
    ? [
        {
          path: '/idempotent',
          breaking: true,
          message: 'the caller may send a call again, but it is not idempotent',
        },
      ]
    : [
        {
          path: '/idempotent',
          breaking: false,
          message: 'the caller does not know that a call may be sent again',
        },
      ]
}

/** Every incompatibility; or, where the two differ and everything fits, one note about it. */
function passes({ budget }: Parties, path: string, sent: Typed, received: Typed): Found[] {
  const found: Incompatibility[] = incompatibilities(sent, received, budget)
  if (found.length > 0)
    return found.map(one => ({ path: path + one.path, breaking: true, message: one.message }))
  return isSame(sent, received, budget)
    ? []
    : [{ path, breaking: false, message: 'differs; all that may be sent is accepted' }]
}

/** Equal in every character, and so is everything they refer to. */
const isSame = (one: Typed, other: Typed, budget: StepBudget): boolean =>
  canonical([...formsOf(one, budget)]) === canonical([...formsOf(other, budget)])

/** The canonical forms of a schema and of the types that it reaches. */
function formsOf({ schema, types }: Typed, budget: StepBudget): Map<string, string> {
  const forms = new Map<string, string>()
  const look = (part: PlainSchema): void => {
    budget.spend(1)
    const name = part.$ref
    for (const inner of subschemasOf(part)) look(inner)
    if (name === undefined || forms.has(name)) return
    const target = own(types, name) ?? {}
    forms.set(name, canonicalForm(target))
    look(target)
  }
  forms.set('', canonicalForm(schema))
  look(schema)
  return forms
}
